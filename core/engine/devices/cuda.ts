// The device `cuda`: ONNX Runtime's CUDA provider, which npm does not carry. It is used when its library lies beside
// onnxruntime-node's own, where that package's install script puts it.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Device } from './device.ts';

const LIBRARY = 'libonnxruntime_providers_cuda.so';

/** The folder of the installed onnxruntime-node. */
const packageFolder = (): string =>
  dirname(dirname(createRequire(import.meta.url).resolve('onnxruntime-node')));

export const cuda: Device = {
  name: 'cuda',
  title: 'ONNX Runtime on an NVIDIA card by CUDA 12',
  check: async () => {
    const { platform, arch } = process;
    if (platform !== 'linux' || arch !== 'x64')
      return {
        reason: `onnxruntime-node has no CUDA provider for ${platform} on ${arch}`,
        how: 'use webgpu; CUDA needs Linux on x64',
      };
    const folder = packageFolder();
    if (!existsSync(join(folder, 'bin', 'napi-v6', platform, arch, LIBRARY))) {
      const script = join(relative(process.cwd(), folder), 'script', 'install.js');
      return {
        reason: `${LIBRARY} is not installed`,
        how: `with CUDA 12 and cuDNN 9 installed: node ${script} --onnxruntime-node-install=cuda12`,
      };
    }
    const { probe } = await import('./probe.ts');
    const answer = await probe('cuda');
    return 'failure' in answer
      ? {
          reason: answer.failure,
          how: 'check that nvidia-smi lists a card and that CUDA 12 and cuDNN 9 are on LD_LIBRARY_PATH, see docs/gpu.md',
        }
      : {};
  },
  open: async (options) => {
    const { OnnxEngine } = await import('./onnxruntime.ts');
    const { cudaProvider } = await import('./provider.ts');
    return new OnnxEngine('cuda', cudaProvider, options);
  },
};
