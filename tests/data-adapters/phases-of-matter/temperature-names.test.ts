import { describe, expect, it } from 'vitest';
import {
  isTemperatureFile,
  isTemperatureName,
  sizeInName,
  temperatureInName,
} from '../../../data-adapters/phases-of-matter/temperature-names.ts';

describe('temperatures in names', () => {
  it.each([
    ['spins_T2.27', 2.27],
    ['T=2.27', 2.27],
    ['T_2', 2],
    ['t2.5', 2.5],
    ['ising2d_L4_T1.0_train', 1],
    ['L20T2.269', 2.269],
    ['dataT3', 3],
    ['temp2.5', 2.5],
    ['temperature=2.5', 2.5],
    ['T=-1', -1],
    ['1.540_00047', undefined],
    ['test1', undefined],
    ['set10', undefined],
    ['attempt3', undefined],
    ['train', undefined],
    ['T2_T3', undefined],
    ['T', undefined],
    ['T1.2.3', undefined],
  ])('%s', (stem, value) => {
    expect(temperatureInName(stem)).toBe(value);
  });

  it.each([
    ['L30', 30],
    ['ising2d_L4_T1.0', 4],
    ['L=16_T2', 16],
    ['L_8', 8],
    ['final3', undefined],
    ['L1.5', undefined],
    ['L2_L4', undefined],
  ])('size in %s', (stem, size) => {
    expect(sizeInName(stem)).toBe(size);
  });

  it('knows what holds temperatures', () => {
    for (const name of ['T', 't', 'temp', 'temps', 'Temperature', ' temperatures '])
      expect(isTemperatureName(name)).toBe(true);
    for (const name of ['time', 'ts', 'spins', 'template']) expect(isTemperatureName(name)).toBe(false);
    for (const stem of ['temperatures', 'Temperature', 'run1_temperatures'])
      expect(isTemperatureFile(stem)).toBe(true);
    for (const stem of ['temperatures_low', 'T2', 'spins']) expect(isTemperatureFile(stem)).toBe(false);
  });
});
