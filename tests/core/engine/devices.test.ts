// The list of devices, and what they are told apart by.
import { describe, expect, it } from 'vitest';
import { askChild } from '../../../core/engine/devices/child.ts';
import { softwareDriver } from '../../../core/engine/devices/software-driver.ts';
import { chooseDevice, deviceNames, listDevices } from '../../../core/engine/devices.ts';

describe('the list of devices', () => {
  it('says of each whether it is usable, or in one line each why not and how to get it', async () => {
    const devices = await listDevices();
    expect(devices.map(({ name }) => name)).toEqual(deviceNames);
    for (const { name, usable, reason, how } of devices) {
      if (usable) expect([reason, how], name).toEqual([undefined, undefined]);
      else for (const line of [reason, how]) expect(line, name).toMatch(/^\S[^\n]+$/);
    }
    const certain = devices.filter(({ name }) => ['cpu', 'reference'].includes(name));
    expect(certain.every(({ usable }) => usable)).toBe(true);
  });

  it('auto is a usable device and says why it is that one', async () => {
    const { name, why } = await chooseDevice('auto');
    const found = (await listDevices()).find((device) => device.name === name);
    expect(found?.usable).toBe(true);
    expect(why).toMatch(new RegExp(`^device ${name}`));
    expect(why).not.toContain('\n');
  });

  it('a name stands for itself', async () => {
    expect(await chooseDevice('reference')).toEqual({ name: 'reference' });
    await expect(chooseDevice('aut')).rejects.toThrow('there is no device aut; did you mean auto?');
  });
});

describe('a software driver', () => {
  const swiftShader = '/usr/lib/chromium/libvk_swiftshader.so';
  const lavapipe = '/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so';
  const nvidia = '/usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0';
  const intel = '/usr/lib/x86_64-linux-gnu/libvulkan_intel.so';

  it.each([
    ['SwiftShader alone', [swiftShader], false, 'SwiftShader'],
    ['all of Mesa without a card', [intel, lavapipe], false, 'llvmpipe'],
    ['all of Mesa with a card', [intel, lavapipe], true, undefined],
    ["NVIDIA's driver", [nvidia], true, undefined],
    ['a card that only a software driver answers for', [swiftShader], true, 'SwiftShader'],
    ['a Windows machine without a driver', ['C:\\Windows\\System32\\d3d10warp.dll'], true, 'WARP'],
    ['nothing known, no card', ['/lib/libfoo.so'], false, 'an unknown software driver'],
    ['nothing known, a card', ['/lib/libfoo.so'], true, undefined],
  ] as const)('is told from a card: %s', (_case, libraries, cardPresent, expected) => {
    expect(softwareDriver(libraries, cardPresent)).toBe(expected);
  });
});

describe('a question to a child process', () => {
  it.each([
    [
      'an answer',
      'console.log("noise"); console.log(JSON.stringify(process.argv.slice(1)))',
      { value: ['a'] },
    ],
    ['an error', 'throw new Error("no adapter")', { failure: 'no adapter' }],
    ['a crash', 'process.abort()', { failure: 'its driver ended the process (SIGABRT)' }],
    ['nothing', '', { failure: 'it gave no answer' }],
  ])('is answered whatever it meets: %s', async (_case, code, expected) => {
    expect(await askChild(code, ['a'])).toEqual(expected);
  });
});
