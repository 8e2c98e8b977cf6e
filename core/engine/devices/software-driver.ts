// Tells a graphics card from a program that plays one. ONNX Runtime does not say which adapter it took, so this looks at
// the libraries that its process loaded, and on Linux at the device files that a card would have.
import { readdirSync } from 'node:fs';

/** Drivers that compute on the processor, by their libraries. */
const software: readonly (readonly [RegExp, string])[] = [
  [/vk_swiftshader/, 'SwiftShader'],
  [/vulkan_lvp/, 'llvmpipe'],
  [/d3d10warp/i, 'WARP'],
];

/** Libraries of drivers of graphics cards. */
const hardware =
  /nvidia|nvoglv|nvwgf|vulkan_(radeon|intel|nouveau|asahi|panfrost|freedreno|broadcom|virtio|gfxstream|powervr|dzn)|amdvlk|amdxc|igvk|igc64|qcdx|\/Metal\.framework/i;

/**
 * The name of the software driver that must have answered, undefined when it was a card.
 *
 * @param libraries paths of the libraries that were loaded
 * @param cardPresent whether the system shows a card at all; drivers of absent cards are loaded too
 */
export function softwareDriver(libraries: readonly string[], cardPresent: boolean): string | undefined {
  if (cardPresent && libraries.some((path) => hardware.test(path))) return undefined;
  const found = software.find(([pattern]) => libraries.some((path) => pattern.test(path)));
  return found?.[1] ?? (cardPresent ? undefined : 'an unknown software driver');
}

/** Whether the system has a device file of a graphics card. Only Linux can be asked; elsewhere the answer is yes. */
export function isCardPresent(): boolean {
  if (process.platform !== 'linux') return true;
  const names = (folder: string): string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  };
  const cards = /^(nvidia\d+|nvidiactl|dxg|mali\d+|kgsl-3d\d+)$/;
  return (
    names('/dev/dri').some((name) => name.startsWith('renderD')) ||
    names('/dev').some((name) => cards.test(name))
  );
}
