// Galaxies of the Sloan Digital Sky Survey, cut out to order by SkyServer: a query in SQL finds the brightest of a piece of sky, and
// a picture is made of each (ImgCutout: g, r and i as blue, green and red, stretched by asinh after Lupton et al. 2004).
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { sdssPixelScale } from '../../data-adapters/galaxies/sky-image.ts';
import { type PublicDataset, publicQuery } from '../../data-adapters/public-data/index.ts';

const skyServer = 'https://skyserver.sdss.org/dr17/SkyServerWS';

const schema = z.strictObject({
  ra: z.number().min(0).lt(360).default(185).describe('right ascension of the centre, degrees'),
  dec: z.number().min(-90).max(90).default(15).describe('declination of the centre, degrees'),
  width: z.number().positive().max(20).default(4).describe('side of the piece of sky, degrees'),
  count: z.int().min(1).max(1000).default(100).describe('galaxies at most, the brightest first'),
  faintest: z.number().max(22).default(16).describe('Petrosian magnitude in r of the faintest'),
  size: z.int().min(32).max(2048).default(256).describe('side of a picture, px of 0.396 arcsec'),
});
type CutOuts = z.infer<typeof schema>;

/** The piece of sky as SQL of the view Galaxy: primary objects whose type is galaxy. */
export function sqlOf({ ra, dec, width, count, faintest }: CutOuts): string {
  const half = width / 2;
  // A degree of right ascension is shorter by the cosine of the declination.
  const across = Math.min(180, half / Math.max(1e-3, Math.cos((dec * Math.PI) / 180)));
  const number = (value: number): string => `${Number(value.toFixed(6))}`;
  const [west, east] = [ra - across, ra + across];
  // Over the meridian of 0 degrees a piece of sky lies in two.
  const inside =
    west < 0 || east >= 360
      ? `(ra >= ${number((west + 360) % 360)} OR ra <= ${number(east % 360)})`
      : `ra BETWEEN ${number(west)} AND ${number(east)}`;
  return (
    `SELECT TOP ${count} objid, ra, dec FROM Galaxy WHERE clean = 1 AND ${inside} ` +
    `AND dec BETWEEN ${number(dec - half)} AND ${number(dec + half)} ` +
    `AND petroMag_r BETWEEN 0 AND ${number(faintest)} ORDER BY petroMag_r`
  );
}

/** Objects of SkyServer's CSV: a comment `#Table1`, the names of the columns, a row each. */
function objectsOf(text: string, url: string): { id: string; ra: number; dec: number }[] {
  const [head = '', ...rows] = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const objects = rows.map((row) => {
    const [id, ra, dec] = row.split(',');
    return { id, ra: Number(ra), dec: Number(dec) };
  });
  const sound = objects.every(
    ({ id, ra, dec }) => /^\d+$/.test(id) && Number.isFinite(ra) && Number.isFinite(dec),
  );
  if (head.toLowerCase() !== 'objid,ra,dec' || !sound) {
    throw new UserError({
      what: `answers with no list of galaxies: ${JSON.stringify(text.slice(0, 80))}`,
      where: url,
      how: 'try again later',
    });
  }
  return objects;
}

/** @param server address of SkyServer's web services */
export function sdssCutOuts(server: string): PublicDataset {
  return {
    name: 'sdss-cut-outs',
    title: 'Pictures of galaxies of the Sloan Digital Sky Survey (DR17), cut out to order',
    licence: 'public data of SDSS; to be acknowledged (https://www.sdss.org/collaboration/citing-sdss/)',
    home: 'https://skyserver.sdss.org/dr17/',
    query: publicQuery({
      schema,
      folder: ({ ra, dec, width, count, faintest, size }) =>
        `ra${ra}_dec${dec}_width${width}_count${count}_faintest${faintest}_size${size}`,
      async files(query, ask) {
        const search = new URLSearchParams({ cmd: sqlOf(query), format: 'csv' });
        const objects = objectsOf(await ask(`${server}/SearchTools/SqlSearch?${search}`), server);
        if (objects.length === 0) {
          throw new UserError({
            what: 'no galaxy of SDSS is there',
            where: `ra=${query.ra}, dec=${query.dec}`,
            how: 'ask for a wider piece of sky or fainter galaxies; SDSS has seen a third of the sky',
          });
        }
        return objects.map(({ id, ra, dec }) => {
          const { size } = query;
          const numbers = { ra, dec, scale: sdssPixelScale, width: size, height: size };
          const place = new URLSearchParams();
          for (const [key, value] of Object.entries(numbers)) place.set(key, String(value));
          return { name: `${id}.jpg`, urls: [`${server}/ImgCutout/getjpeg?${place}`] };
        });
      },
    }),
    note: "Their stretch is SkyServer's and not the paper's, which pictures are taken to have; FITS files have none.",
  };
}

export const publicData: readonly PublicDataset[] = [sdssCutOuts(skyServer)];
