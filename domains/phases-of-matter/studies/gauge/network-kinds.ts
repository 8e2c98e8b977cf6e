// Ids of the gauge theory's networks: `gauge-fc-1`, `gauge-cnn-1`.
export const networkKinds = { fullyConnected: 'gauge-fc', convolutional: 'gauge-cnn' } as const;
