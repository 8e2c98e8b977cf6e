import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../pipelines/config/parse-yaml.ts';
import { parseParameter, probes, settingText, valueAt } from '../../../pipelines/sweep/parameter.ts';

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const bound = fc.double({ min: 1e-6, max: 1e6, noNaN: true }).map((v) => Number(v.toPrecision(4)));
const range = fc.tuple(bound, bound).filter(([a, b]) => a < b);

describe('parseParameter', () => {
  it('draws within the bounds of a range, in six digits, and more for a greater place', () => {
    fc.assert(
      fc.property(fc.constantFrom('log', 'lin'), range, place, place, (scale, [low, high], u, v) => {
        const parameter = parseParameter(`a.b=${scale}:${low}..${high}`);
        const [x, y] = [valueAt(parameter, Math.min(u, v)), valueAt(parameter, Math.max(u, v))] as number[];
        expect(x).toBeGreaterThanOrEqual(low);
        expect(y).toBeLessThanOrEqual(high);
        expect(x).toBeLessThanOrEqual(y);
        expect(Number(x.toPrecision(6))).toBe(x);
      }),
    );
  });

  it('draws whole numbers of a range alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 40 }),
        place,
        (low, width, u) => {
          const value = valueAt(parseParameter(`a=int:${low}..${low + width}`), u);
          expect(value).toBe(low + Math.floor(u * (width + 1)));
        },
      ),
    );
  });

  it('takes lists of numbers, names, truth values and lists', () => {
    expect(parseParameter('a=100,300,500').values).toEqual([100, 300, 500]);
    expect(parseParameter('a=cosine, constant').values).toEqual(['cosine', 'constant']);
    expect(parseParameter('a=true,false').values).toEqual([true, false]);
    expect(parseParameter('a=[10],[10,20]').values).toEqual([[10], [10, 20]]);
    expect(parseParameter('a=7').values).toEqual([7]);
  });

  it('divides a range into even steps', () => {
    expect(parseParameter('a=log:1e-4..1e-1/4').values).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    expect(parseParameter('a=lin:0..1/3').values).toEqual([0, 0.5, 1]);
    expect(parseParameter('a=int:1..8/3').values).toEqual([1, 5, 8]);
    expect(parseParameter('a=int:1..3').values).toEqual([1, 2, 3]);
  });

  it('writes any value so that --set reads the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
        const text = settingText('a.b', value);
        expect(text.startsWith('a.b=')).toBe(true);
        // -0 is 0 in JSON.
        expect(parseYaml(text.slice(4), '', '')).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(settingText('a', 'cosine')).toBe('a=cosine');
    expect(settingText('a', 'true')).toBe('a="true"');
  });

  it('probes both ends of a range', () => {
    const all = probes(parseParameter('a=lin:0..1'));
    expect([all[0], all.at(-1)]).toEqual([0, 1]);
  });

  it.each([
    ['learningRate', 'expected key.path=values'],
    ['=1', 'expected key.path=values'],
    ['a..b=1', 'expected key.path=values'],
    ['a=', 'there are no values'],
    ['a=1,1.0', '1 stands twice'],
    ['a=[1', 'not valid YAML'],
    ['a=log:1..1', 'the range is empty'],
    ['a=lin:2..1', 'the range is empty'],
    ['a=log:0..1', 'a logarithmic range has no 0'],
    ['a=int:1..2.5', 'expected whole numbers'],
    ['a=lin:x..1', 'expected two numbers about ".."'],
    ['a=lin:..1', 'expected two numbers about ".."'],
    ['a=exp:1..2', 'no kind of range "exp"; write log:, lin: or int:'],
    ['a=lin:0..1/1', 'expected a number of points from 2 to 1000'],
  ])('%s is refused in one line', (text, message) => {
    expect(() => parseParameter(text)).toThrow(expect.objectContaining({ name: 'UserError' }));
    expect(() => parseParameter(text)).toThrow(message);
    expect(() => parseParameter(text)).toThrow(`--param ${text}`);
  });
});
