// The device `webgpu`: ONNX Runtime's bundled WebGPU provider, on any card with a Vulkan, Metal or Direct3D 12 driver.
import { tmpdir } from 'node:os';
import type { Device } from './device.ts';

const hows: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    "install a Vulkan driver (Debian and Ubuntu: libvulkan1 with mesa-vulkan-drivers, or NVIDIA's own), see docs/gpu.md",
  darwin: 'it needs Metal, on a Mac of 2015 or later',
  win32: 'update the graphics driver; it needs Direct3D 12',
};

/** Vulkan's loader complains on machines without a desktop when this is not set. */
function quietVulkan(): void {
  process.env.XDG_RUNTIME_DIR ??= tmpdir();
}

export const webgpu: Device = {
  name: 'webgpu',
  title: 'ONNX Runtime on a graphics card by WebGPU',
  check: async () => {
    quietVulkan();
    const { probe } = await import('./probe.ts');
    const answer = await probe('webgpu');
    if ('failure' in answer)
      return { reason: answer.failure, how: hows[process.platform] ?? 'see docs/gpu.md' };
    const { isCardPresent, softwareDriver } = await import('./software-driver.ts');
    const driver = softwareDriver(answer.value, isCardPresent());
    return driver ? { note: `no graphics card: ${driver} on the processor, slow`, software: true } : {};
  },
  open: async (options) => {
    quietVulkan();
    const { OnnxEngine } = await import('./onnxruntime.ts');
    const { webGpuProvider } = await import('./webgpu-provider.ts');
    return new OnnxEngine('webgpu', webGpuProvider, options);
  },
};
