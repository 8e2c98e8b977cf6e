// The device `cpu`: ONNX Runtime on the processor. Always there, and the one that the others are held against.
import type { Device } from './device.ts';

export const cpu: Device = {
  name: 'cpu',
  title: 'ONNX Runtime on the processor',
  check: async () => {
    try {
      await import('onnxruntime-node');
      return {};
    } catch (error) {
      const how = 'reinstall with npm ci; there are binaries for Linux, macOS and Windows on x64 and arm64';
      return { reason: `onnxruntime-node does not load: ${(error as Error).message.split('\n')[0]}`, how };
    }
  },
  open: async (options) => {
    const { OnnxEngine } = await import('./onnxruntime.ts');
    const { cpuProvider } = await import('./provider.ts');
    return new OnnxEngine('cpu', cpuProvider, options);
  },
};
