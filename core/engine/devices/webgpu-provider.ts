// ONNX Runtime's WebGPU provider: state stays on the graphics card.
import { withinWebGpuLimits } from '../graph/webgpu-limits.ts';
import { GpuStore } from './gpu-state.ts';
import { type Provider, plainForms } from './provider.ts';

/** Any graphics card that Vulkan, Metal or Direct3D 12 reaches. */
export const webGpuProvider: Provider = {
  name: 'webgpu',
  intoGiven: false,
  newStore: () => new GpuStore(),
  adapt: (outputs, states) => ({ outputs: withinWebGpuLimits(outputs), forms: plainForms(states) }),
};
