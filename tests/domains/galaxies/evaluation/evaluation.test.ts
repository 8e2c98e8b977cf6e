// From spoiled galaxies to figures and plots.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { mapPlanes, type SkyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import type { Figure } from '../../../../domains/domain.ts';
import { fitPowerSpectra } from '../../../../domains/galaxies/baselines/power-spectrum.ts';
import { galaxiesConfig } from '../../../../domains/galaxies/config.ts';
import { galaxyCurves } from '../../../../domains/galaxies/evaluation/curves.ts';
import { type SettingMeasures, spectraOf } from '../../../../domains/galaxies/evaluation/evaluate-setting.ts';
import {
  type GalaxyMeasures,
  knownShape,
  type Measured,
  measureGalaxy,
} from '../../../../domains/galaxies/evaluation/measure-galaxy.ts';
import { linearMethods, type Tuned, tunedMethods } from '../../../../domains/galaxies/evaluation/methods.ts';
import { bestLinear, settingFigures } from '../../../../domains/galaxies/evaluation/setting-figures.ts';
import { tuneGalaxy } from '../../../../domains/galaxies/evaluation/tune-galaxy.ts';
import { figures } from '../../../../domains/galaxies/figures.ts';
import type { MeasuredGalaxy } from '../../../../domains/galaxies/parts.ts';
import { settingNames } from '../../../../domains/galaxies/setting-names.ts';
import { observationOf, spoil } from '../../../../domains/galaxies/spoil.ts';
import { renderPlot } from '../../../../pipelines/report/render-plot.ts';
import { figureSchema } from '../../../../pipelines/run-directory/results.ts';
import { sky } from '../skies.ts';

const size = 64;
const noise = 0.02;
const lights = [{ x: 32, y: 32, height: 2, sigma: 4 }];
const truth = sky({ width: size, height: size, noise: 0, lights });
const original = sky({ width: size, height: size, noise, lights });
const galaxy: MeasuredGalaxy = {
  original,
  truth,
  grey: false,
  catalogue: { magnitude: 15, halfLightRadius: 3 },
};
const setting = { fwhm: 2, noise: 5 };

const spoiled = (
  given: Partial<MeasuredGalaxy> = {},
  mode: 'independent' | 'shared' = 'independent',
  seed = 1,
) => spoil({ ...galaxy, ...given }, setting, mode, new RandomStream('spoil', seed));

const spectra = fitPowerSpectra([truth]);
const parametersOf = tunedMethods(spectra).map(({ candidates }) => candidates[0]);

describe('the methods', () => {
  it('have ids of their own, candidates, and linear ones among them', () => {
    const ids = tunedMethods(spectra).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of linearMethods(spectra)) expect(ids).toContain(id);
    expect(ids).toContain('richardson-lucy');
    expect(tunedMethods(spectra).every(({ candidates }) => candidates.length > 2)).toBe(true);
  });

  it('are tuned by one PSNR for each candidate', () => {
    const scores = tuneGalaxy({ observation: observationOf(spoiled()), target: original, spectra });
    expect(scores.map(({ length }) => length)).toEqual(
      tunedMethods(spectra).map(({ candidates }) => candidates.length),
    );
    expect(scores.flat().every(Number.isFinite)).toBe(true);
  });
});

describe('spectraOf', () => {
  it('takes off the noise that the images have', () => {
    // At the highest frequencies a galaxy of sigma 4 px has nothing: the power of the original is its noise's, 0.02^2.
    const highest = ({ power }: { power: Float64Array }) => power[60];
    const [raw] = fitPowerSpectra([original]);
    expect(highest(raw) / noise ** 2).toBeGreaterThan(0.8);
    const [clean] = spectraOf([], [galaxy]);
    expect(highest(clean) / noise ** 2).toBeLessThan(0.3);
  });
});

describe('measureGalaxy', () => {
  const observation = observationOf(spoiled());
  const task = (restored: SkyImage, more: object = {}) => ({
    original,
    truth,
    sky: noise,
    observation,
    restored,
    raw: mapPlanes(restored, (pixels) => pixels.map((value) => 0.9 * value)),
    deviation: mapPlanes(truth, (pixels) => pixels.map(() => 0.05)),
    spectra,
    parameters: parametersOf,
    keep: false,
    ...more,
  });

  it('finds a perfect restoration perfect', () => {
    const { methods, coverage, images, magnitude, halfLightRadius } = measureGalaxy(task(truth));
    expect(methods.network.flux).toBeCloseTo(1, 6);
    // A Gaussian of 2 nanomaggies and 4 px holds 2 pi 4^2 2 = 201, half of it within 1.1774 x 4 px of 0.396". The mask ends where 1.5 % are
    // left; pixels count at the distance of their centres, which is up to half a pixel too little.
    expect(magnitude).toBeCloseTo(22.5 - 2.5 * Math.log10(201), 1);
    const radius = halfLightRadius / 0.396;
    expect(radius).toBeGreaterThan(1.1774 * 4 - 0.5);
    expect(radius).toBeLessThan(1.1774 * 4);
    expect(methods.network.ellipticity).toBeCloseTo(0, 6);
    expect(methods.raw.flux).toBeCloseTo(0.9, 3);
    expect(methods.network.truth).toBe(Number.POSITIVE_INFINITY);
    expect(methods.network.psnr).toBe(methods.perfect.psnr);
    expect(coverage).toBe(1);
    expect(images).toBeUndefined();
    for (const id of tunedMethods(spectra).map(({ id: own }) => own)) {
      expect(methods[id].psnr).toBeLessThan(methods.perfect.psnr);
    }
  });

  it('counts the pixels within one deviation, of either sign', () => {
    const off = mapPlanes(truth, (pixels, band) => pixels.map((value) => value + [0.04, -0.04, 0.06][band]));
    expect(measureGalaxy(task(off)).coverage).toBeCloseTo(2 / 3, 6);
  });

  it('knows no truth where there is none, and keeps images when asked', () => {
    const { methods, images } = measureGalaxy(task(original, { truth: undefined, keep: true }));
    expect(methods.perfect).toBeUndefined();
    expect(methods.network.truth).toBeNaN();
    expect(Object.keys(images!).sort()).toEqual(
      [
        'degraded',
        'network',
        'raw',
        'original',
        'richardson-lucy-30',
        ...tunedMethods(spectra).map(({ id }) => id),
      ].sort(),
    );
  });
});

const config = galaxiesConfig.parse({
  bootstrap: 200,
  settings: { severe: setting, mild: { fwhm: 1.4, noise: 1.2 } },
});

/** Measures of 12 galaxies, the network 0.5 to 1.5 dB better than the smoothing, galaxies 10 dB apart. */
function measures(
  change: (measured: Measured, id: string, i: number) => Measured = (one) => one,
  known = true,
): SettingMeasures {
  const tuned = tunedMethods(spectra).map(
    ({ id, label, candidates }, k): Tuned => ({
      id,
      label,
      candidates,
      parameter: candidates[1],
      scores: candidates.map((_, c) => 20 - k - Math.abs(c - 1)),
    }),
  );
  const random = new RandomStream('measures');
  const galaxies = Array.from({ length: 12 }, (_, i): GalaxyMeasures => {
    const base = 20 + (10 * i) / 11;
    const ids = [
      ...tuned.map(({ id }) => id),
      'degraded',
      'richardson-lucy-30',
      'raw',
      'network',
      knownShape,
      ...(known ? ['perfect'] : []),
    ];
    return {
      magnitude: 20 - i / 4,
      // Every fifth, so that their order is not that of the list.
      halfLightRadius: 1 + ((5 * i) % 12),
      methods: Object.fromEntries(
        ids.map((id) => {
          const psnr = base + (id === 'network' ? 0.5 + random.uniform() : 0);
          const one = {
            psnr,
            truth: known ? psnr + 3 : Number.NaN,
            galaxy: psnr - 1,
            ssim: 0.7,
            flux: 0.9 + 0.01 * i,
            ellipticity: 0.01 * i,
          };
          return [id, change(one, id, i)];
        }),
      ),
      coverage: 0.6 + 0.01 * i,
      ...(i === 0
        ? {
            images: {
              degraded: original,
              network: truth,
              raw: truth,
              original,
              ...(known ? { truth } : {}),
              'richardson-lucy-30': original,
              ...Object.fromEntries(tuned.map(({ id }) => [id, original])),
            },
          }
        : {}),
    };
  });
  return { name: 'severe', tuned, galaxies };
}

const figuresOf = (given: SettingMeasures, seed = 1): Figure[] =>
  settingFigures(given, { config, size, random: new RandomStream('figures', seed) });

describe('settingFigures', () => {
  it('have stable ids that results.json takes', () => {
    const made = figuresOf(measures());
    expect(made.map(({ id }) => id)).toEqual([
      'psnr-severe',
      'gain-severe',
      'psnr-truth-severe',
      'gain-truth-severe',
      'psnr-galaxy-severe',
      'gain-galaxy-severe',
      'ssim-severe',
      'flux-ratio-severe',
      'flux-ratio-small-severe',
      'flux-ratio-large-severe',
      'ellipticity-error-severe',
      'coverage-severe',
    ]);
    for (const figure of made) expect(figureSchema.safeParse(figure).success, figure.id).toBe(true);
    expect(figuresOf({ ...measures(), name: 'mild' })[0].id).toBe('psnr-mild');
    const unknown = figuresOf(measures((one) => one, false));
    expect(unknown.map(({ id }) => id)).not.toContain('psnr-truth-severe');
    expect(unknown[0].baselines!.map(({ id }) => id)).not.toContain('perfect');
  });

  it('have intervals that hold their values, the same from the same stream', () => {
    const made = figuresOf(measures());
    for (const { value, low, high, baselines = [] } of made) {
      for (const one of [{ value, low, high }, ...baselines]) {
        expect(one.low).toBeLessThanOrEqual(one.value + 1e-12);
        expect(one.high).toBeGreaterThanOrEqual(one.value - 1e-12);
      }
    }
    expect(figuresOf(measures())).toEqual(made);
    expect(figuresOf(measures(), 2)).not.toEqual(made);
    const [psnr] = made;
    expect(psnr.value).toBeCloseTo(
      measures().galaxies.reduce((sum, { methods }) => sum + methods.network.psnr, 0) / 12,
      12,
    );
  });

  it('pair the gain galaxy by galaxy', () => {
    const byId = Object.fromEntries(figuresOf(measures()).map((figure) => [figure.id, figure]));
    const { 'psnr-severe': psnr, 'gain-severe': gain } = byId;
    const smoothing = psnr.baselines!.find(({ id }) => id === 'gaussian-smoothing')!;
    expect(gain.value).toBeCloseTo(psnr.value - smoothing.value, 10);
    // Galaxies differ by 10 dB, their gains by one.
    expect(gain.high - gain.low).toBeLessThan((psnr.high - psnr.low) / 3);
    expect(gain.low).toBeGreaterThan(0.5);
    expect(gain.high).toBeLessThan(1.5);
    // Medians: the middle of 0.9 ... 1.01 in steps of 0.01.
    expect(byId['flux-ratio-severe'].value).toBeCloseTo(0.955, 12);
    expect(byId['coverage-severe'].value).toBeCloseTo(0.655, 12);
  });

  it('have the fluxes of the smallest and of the largest third, where these are four galaxies', () => {
    const byId = Object.fromEntries(figuresOf(measures()).map((figure) => [figure.id, figure]));
    const { 'flux-ratio-small-severe': small, 'flux-ratio-large-severe': large } = byId;
    // Radii 1 to 4 are those of galaxies 0, 5, 10 and 3, radii 9 to 12 of 4, 9, 2 and 7: medians of .9 + .01 i.
    expect(small.value).toBeCloseTo(0.94, 12);
    expect(large.value).toBeCloseTo(0.955, 12);
    expect([small.n, large.n]).toEqual([4, 4]);
    expect(small.label).toContain('smallest third (up to 4.0")');
    expect(large.label).toContain('largest third (from 9.0" on)');
    const given = measures();
    const few = figuresOf({ ...given, galaxies: given.galaxies.slice(0, 11) });
    expect(few.map(({ id }) => id)).not.toContain('flux-ratio-small-severe');
    const unknown = given.galaxies.map((one, i) => (i < 3 ? { ...one, halfLightRadius: Number.NaN } : one));
    expect(figuresOf({ ...given, galaxies: unknown }).map(({ id }) => id)).not.toContain(
      'flux-ratio-large-severe',
    );
  });

  it('stand beside the paper at its own setting alone', () => {
    expect(figuresOf(measures())[0].paper).toBeUndefined();
    const papers = { ...config, settings: { ...config.settings, severe: { fwhm: 2.5, noise: 10 } } };
    const [psnr] = settingFigures(measures(), { config: papers, size, random: new RandomStream(1) });
    // Schawinski et al. 2017: 37.2 dB.
    expect(psnr.paper?.value).toBe(37.2);
  });

  it('show the network alone where fluxes are put right, and say over how many draws they are', () => {
    const of = (more: object) =>
      settingFigures(measures(), { config: { ...config, ...more }, size, random: new RandomStream(1) })[0];
    const ids = (figure: Figure) => figure.baselines!.map(({ id }) => id);
    expect(ids(of({}))).toContain('raw');
    expect(ids(of({ conserveFlux: 0 }))).toContain('raw');
    expect(ids(of({ conserveFlux: 0, centred: false }))).not.toContain('raw');
    expect(of({}).note).not.toContain('draws');
    expect(of({ draws: 8 }).note).toMatch(/its means over 8 draws of the noise\.$/);
  });

  it('leave out what could not be measured of any galaxy, and galaxies of which it could not', () => {
    const none = figuresOf(measures((one) => ({ ...one, ellipticity: Number.NaN })));
    expect(none.map(({ id }) => id)).not.toContain('ellipticity-error-severe');
    const half = figuresOf(measures((one, _, i) => ({ ...one, ellipticity: i < 6 ? Number.NaN : 0.2 })));
    expect(half.find(({ id }) => id === 'ellipticity-error-severe')!.value).toBeCloseTo(0.2, 12);
    const others = figuresOf(
      measures((one, id) => (id === 'degraded' ? { ...one, ellipticity: Number.NaN } : one)),
    );
    const { baselines } = others.find(({ id }) => id === 'ellipticity-error-severe')!;
    expect(baselines!.map(({ id }) => id)).not.toContain('degraded');
    for (const figure of [...none, ...half, ...others])
      expect(figureSchema.safeParse(figure).success).toBe(true);
  });

  it('take the best linear filter by its best parameter', () => {
    const { tuned } = measures();
    expect(bestLinear(tuned).id).toBe('gaussian-smoothing');
    const better = tuned.map((one) =>
      one.id === 'wiener-laplacian'
        ? { ...one, scores: [0, 30] }
        : one.id === 'richardson-lucy'
          ? { ...one, scores: [90] }
          : one,
    );
    expect(bestLinear(better).id).toBe('wiener-laplacian');
  });
});

describe('curves and plots', () => {
  let plots: Awaited<ReturnType<typeof figures>>;
  beforeAll(async () => {
    const settings = await Promise.all(
      settingNames.map((name) => galaxyCurves({ ...measures(), name }, size, config)),
    );
    // As they come from evaluation.json.
    plots = await figures(JSON.parse(JSON.stringify({ figures: [], curves: { settings } })));
  });

  it('are a gallery, PSNR, fluxes, shapes and tuning of each setting, each of which renders', async () => {
    expect(plots.map(({ id }) => id)).toEqual([
      'gallery-severe',
      'psnr-severe',
      'flux-severe',
      'ellipticity-severe',
      'tuning-severe',
      'gallery-mild',
      'psnr-mild',
      'flux-mild',
      'ellipticity-mild',
      'tuning-mild',
    ]);
    for (const { id, vegaLite } of plots) {
      if (vegaLite === undefined) continue;
      const { text: svg } = await renderPlot(id, vegaLite);
      expect(svg).toContain('<svg');
      expect(svg).not.toMatch(/NaN|undefined/);
    }
  });

  it('have a gallery of one row and as many columns as its caption names', async () => {
    const [{ png, caption }] = plots;
    const { width, height } = await sharp(png!).metadata();
    const columns = caption.split(';')[0].split(', ').length;
    // Three times 64 pixels reach 150; gaps of 4.
    expect([width, height]).toEqual([4 + columns * 196, 4 + 196]);
  });

  it('are by what was measured, and have no plot of what nobody knows', async () => {
    const plotsOf = async (given: SettingMeasures) => {
      const setting = await galaxyCurves(given, size, config);
      const made = await figures(
        JSON.parse(JSON.stringify({ figures: [], curves: { settings: [setting] } })),
      );
      return { setting, ids: made.map(({ id }) => id) };
    };
    const given = measures((one) => one, false);
    const { setting, ids } = await plotsOf(given);
    expect(setting.points[0]).toMatchObject({ magnitude: 20, halfLightRadius: 1, ellipticity: 0 });
    expect(ids).toContain('flux-severe');
    const nobody = { magnitude: Number.NaN, halfLightRadius: Number.NaN };
    const unknown = await plotsOf({
      ...given,
      galaxies: given.galaxies.map((one) => ({ ...one, ...nobody })),
    });
    expect(unknown.ids).toEqual(['gallery-severe', 'psnr-severe', 'tuning-severe']);
  });
});
