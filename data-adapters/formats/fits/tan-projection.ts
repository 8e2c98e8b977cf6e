// Where in the sky a pixel is, and back: the gnomonic projection (TAN) of FITS headers. Greisen & Calabretta 2002 (A&A 395,
// 1061: the linear part) and Calabretta & Greisen 2002 (A&A 395, 1077: section 2.4 and equations 54, 55). Distortions
// that come on top (SIP, TPV) are not applied: SIP is told, TPV refused.
import { damaged, quoted } from './fits-error.ts';
import type { FitsHeader } from './header.ts';

const degree = Math.PI / 180;

/** CUNITn in degrees. */
const units: Readonly<Record<string, number>> = {
  deg: 1,
  degree: 1,
  degrees: 1,
  arcmin: 1 / 60,
  arcsec: 1 / 3600,
  mas: 1 / 3_600_000,
  rad: 1 / degree,
};

type Matrix = readonly [readonly [number, number], readonly [number, number]];

/** From pixels to degrees: CDi_j, or CDELTi x PCi_j, or CDELTi and CROTAn. */
function readMatrix(header: FitsHeader, latitude: number): Matrix {
  const element = (prefix: string, i: number, j: number, absent: number): number =>
    header.number(`${prefix}${i}_${j}`) ?? absent;
  const has = (prefix: string): boolean =>
    [1, 2].some((i) => [1, 2].some((j) => header.has(`${prefix}${i}_${j}`)));
  if (has('CD')) {
    return [
      [element('CD', 1, 1, 0), element('CD', 1, 2, 0)],
      [element('CD', 2, 1, 0), element('CD', 2, 2, 0)],
    ];
  }
  const [x, y] = [header.number('CDELT1') ?? 1, header.number('CDELT2') ?? 1];
  if (has('PC')) {
    return [
      [x * element('PC', 1, 1, 1), x * element('PC', 1, 2, 0)],
      [y * element('PC', 2, 1, 0), y * element('PC', 2, 2, 1)],
    ];
  }
  const angle = (header.number(`CROTA${latitude}`) ?? 0) * degree;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [
    [x * cos, -y * sin],
    [x * sin, y * cos],
  ];
}

/** The gnomonic projection of an image. */
export class TanProjection {
  /** Length of the side of a pixel in arcseconds: the square root of its area at the reference pixel. */
  readonly pixelScale: number;
  private readonly inverse: Matrix;

  private constructor(
    private readonly matrix: Matrix,
    /** CRPIX, from 1. */
    private readonly reference: readonly [number, number],
    /** Longitude and latitude of the reference pixel, in degrees. */
    readonly centre: readonly [number, number],
    /** Longitude of the sky's pole in the projection, in degrees. */
    private readonly longitudeOfPole: number,
    /** Whether longitude is along the second axis of the image. */
    private readonly swapped: boolean,
    /** Distortion that the header has and that is not applied. */
    readonly distortion: 'SIP' | undefined,
    where: string,
  ) {
    const [[a, b], [c, d]] = matrix;
    const determinant = a * d - b * c;
    if (!(Math.abs(determinant) > 0) || !Number.isFinite(determinant)) {
      throw damaged(where, 'its pixels have no area in the sky (CD, PC or CDELT)', 'mend its header');
    }
    this.inverse = [
      [d / determinant, -b / determinant],
      [-c / determinant, a / determinant],
    ];
    this.pixelScale = Math.sqrt(Math.abs(determinant)) * 3600;
  }

  /** @throws UserError when the header has no celestial axes in this projection */
  static read(header: FitsHeader): TanProjection {
    const { where } = header;
    const types = [1, 2].map((n) => (header.string(`CTYPE${n}`) ?? '').trim().toUpperCase());
    const pair = types.map((type) => /^(RA|DEC|[GEHS]LON|[GEHS]LAT)-+TAN(-SIP)?$/.exec(type));
    const longitude = pair.findIndex((match) => match !== null && /^(RA|.LON)$/.test(match[1]));
    const latitude = pair.findIndex((match) => match !== null && /^(DEC|.LAT)$/.test(match[1]));
    if (longitude < 0 || latitude < 0) {
      throw damaged(
        where,
        `CTYPE1 and CTYPE2 are ${types.map(quoted).join(' and ')}, expected 'RA---TAN' and 'DEC--TAN'`,
        'give an image in the gnomonic projection',
      );
    }
    const scales = [1, 2].map((n) => {
      const unit = (header.string(`CUNIT${n}`) ?? 'deg').trim().toLowerCase();
      const found = Object.hasOwn(units, unit) ? units[unit] : unit === '' ? 1 : undefined;
      if (found === undefined)
        throw damaged(where, `CUNIT${n} is ${quoted(unit)}, expected deg`, 'mend its header');
      return found;
    });
    const [[a, b], [c, d]] = readMatrix(header, latitude + 1);
    const values = [1, 2].map((n) => (header.number(`CRVAL${n}`) ?? 0) * scales[n - 1]);
    return new TanProjection(
      [
        [a * scales[0], b * scales[0]],
        [c * scales[1], d * scales[1]],
      ],
      [header.number('CRPIX1') ?? 0, header.number('CRPIX2') ?? 0],
      [values[longitude], values[latitude]],
      header.number('LONPOLE') ?? header.number(`PV${longitude + 1}_3`) ?? (values[latitude] >= 90 ? 0 : 180),
      longitude === 1,
      pair.some((match) => match?.[2] !== undefined) ? 'SIP' : undefined,
      where,
    );
  }

  /**
   * Longitude (0 ... 360) and latitude in degrees of a place in the image.
   *
   * @param x place along a row in pixels, 0 in the middle of the first one, as arrays count; FITS itself counts from 1
   * @param y place along a column
   */
  toSky(x: number, y: number): [longitude: number, latitude: number] {
    const [[a, b], [c, d]] = this.matrix;
    const [dx, dy] = [x + 1 - this.reference[0], y + 1 - this.reference[1]];
    const first = (a * dx + b * dy) * degree;
    const second = (c * dx + d * dy) * degree;
    const [u, v] = this.swapped ? [second, first] : [first, second];
    const phi = Math.atan2(u, -v) - this.longitudeOfPole * degree;
    const theta = Math.atan2(1, Math.hypot(u, v));
    const pole = this.centre[1] * degree;
    const [sinTheta, cosTheta] = [Math.sin(theta), Math.cos(theta)];
    const east = -cosTheta * Math.sin(phi);
    const north = sinTheta * Math.cos(pole) - cosTheta * Math.sin(pole) * Math.cos(phi);
    const up = sinTheta * Math.sin(pole) + cosTheta * Math.cos(pole) * Math.cos(phi);
    const longitude = this.centre[0] + Math.atan2(east, north) / degree;
    return [((longitude % 360) + 360) % 360, Math.atan2(up, Math.hypot(east, north)) / degree];
  }

  /** The place of a point of the sky, as {@link toSky} counts; undefined for one that is 90 degrees from the centre or more. */
  toPixel(longitude: number, latitude: number): [x: number, y: number] | undefined {
    const pole = this.centre[1] * degree;
    const turn = (longitude - this.centre[0]) * degree;
    const [sin, cos] = [Math.sin(latitude * degree), Math.cos(latitude * degree)];
    const sinTheta = sin * Math.sin(pole) + cos * Math.cos(pole) * Math.cos(turn);
    if (!(sinTheta > 0)) return undefined;
    const across = -cos * Math.sin(turn);
    const along = sin * Math.cos(pole) - cos * Math.sin(pole) * Math.cos(turn);
    const phi = Math.atan2(across, along) + this.longitudeOfPole * degree;
    const radius = Math.hypot(across, along) / sinTheta / degree;
    const [u, v] = [radius * Math.sin(phi), -radius * Math.cos(phi)];
    const [first, second] = this.swapped ? [v, u] : [u, v];
    const [[a, b], [c, d]] = this.inverse;
    return [a * first + b * second + this.reference[0] - 1, c * first + d * second + this.reference[1] - 1];
  }
}
