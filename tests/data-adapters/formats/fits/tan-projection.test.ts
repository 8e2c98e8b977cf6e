// The gnomonic projection against astropy.wcs 8.0.1 (wcslib), whose numbers are below, and against itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FitsHeader, TanProjection } from '../../../../data-adapters/formats/fits/index.ts';
import { card } from './fits-fixtures.ts';
import skies from './tan-projection.json' with { type: 'json' };

const projection = (cards: Readonly<Record<string, string | number>>): TanProjection => {
  const lines = Object.entries(cards).map(([keyword, value]) =>
    card(keyword, typeof value === 'string' ? `'${value}'` : value).padEnd(80),
  );
  return TanProjection.read(FitsHeader.parse(lines.join(''), 'sky.fits'));
};
const tan = { CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN' };

/** Degrees: 1e-10 are 0.4 microarcseconds, of which float64 keeps some 100 in 360 degrees, twice over. */
const near = (a: number, b: number, tolerance: number): void =>
  expect(Math.abs(a - b)).toBeLessThan(tolerance);

describe('TanProjection', () => {
  it.each(skies)("is astropy's: $title", ({ cards, scale, points }) => {
    const sky = projection(cards as unknown as Record<string, string | number>);
    near(sky.pixelScale, scale, 1e-9 * scale);
    for (const [x, y, longitude, latitude] of points) {
      const found = sky.toSky(x, y);
      near((((found[0] - longitude + 540) % 360) - 180) * Math.cos((latitude * Math.PI) / 180), 0, 1e-9);
      near(found[1], latitude, 1e-9);
      const back = sky.toPixel(longitude, latitude)!;
      near(back[0], x, 1e-6);
      near(back[1], y, 1e-6);
    }
  });

  it('goes to the sky and back, anywhere', () => {
    const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    fc.assert(
      fc.property(
        degrees(180),
        degrees(89),
        degrees(180),
        degrees(400),
        degrees(400),
        (ra, dec, turn, x, y) => {
          const sky = projection({
            ...tan,
            CRVAL1: ra,
            CRVAL2: dec,
            CRPIX1: 10,
            CRPIX2: 20,
            CDELT1: -0.01,
            CDELT2: 0.02,
            CROTA2: turn,
          });
          const [longitude, latitude] = sky.toSky(x, y);
          const back = sky.toPixel(longitude, latitude)!;
          // 400 pixels of 0.02 degrees; float64 keeps 1e-13 degrees, the tangent some more.
          near(back[0], x, 1e-7);
          near(back[1], y, 1e-7);
        },
      ),
    );
  });

  it('knows no pixel for the other side of the sky', () => {
    const sky = projection({ ...tan, CRVAL1: 10, CRVAL2: 20, CDELT1: -1, CDELT2: 1 });
    expect(sky.toPixel(190, -20)).toBeUndefined();
    expect(sky.toPixel(100.5, 0)).toBeUndefined();
  });

  it('tells that a distortion is not applied', () => {
    expect(projection({ CTYPE1: 'RA---TAN-SIP', CTYPE2: 'DEC--TAN-SIP' }).distortion).toBe('SIP');
    expect(projection(tan).distortion).toBeUndefined();
  });

  it.each([
    [{}, "CTYPE1 and CTYPE2 are '' and ''"],
    [{ CTYPE1: 'RA---SIN', CTYPE2: 'DEC--SIN' }, "expected 'RA---TAN'"],
    [{ CTYPE1: 'RA---TPV', CTYPE2: 'DEC--TPV' }, "expected 'RA---TAN'"],
    [{ CTYPE1: 'RA---TAN', CTYPE2: 'RA---TAN' }, "expected 'RA---TAN'"],
    [{ ...tan, CDELT1: 0 }, 'its pixels have no area'],
    [{ ...tan, CD1_1: 1 }, 'its pixels have no area'],
    [{ ...tan, CUNIT1: 'Hz' }, "CUNIT1 is 'hz'"],
    [{ ...tan, CRVAL1: 'x' }, 'CRVAL1 is'],
  ])('refuses %j', (cards, message) => {
    expect(() => projection(cards as Record<string, string | number>)).toThrow(message);
  });
});
