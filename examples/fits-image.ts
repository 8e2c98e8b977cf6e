// A FITS image read, its background taken off, and written again with the header that it had and a line of history. Without a
// file it begins with a star of its own.
//   npx tsx examples/fits-image.ts [in.fits] [out.fits]
import { openFits, writeFits } from 'deepfield/data-adapters';
import { RandomStream } from 'deepfield/engine';

const [given, out = 'without-sky.fits'] = process.argv.slice(2);

// A star of 1,000 counts on a sky of 100, noise 5, seeing of 2 pixels.
const random = new RandomStream(1);
const side = 64;
const star = Float32Array.from({ length: side * side }, (_, i) => {
  const squared = ((i % side) - 32) ** 2 + (Math.floor(i / side) - 32) ** 2;
  return 100 + 5 * random.normal() + 1000 * Math.exp(-squared / 8);
});
if (given === undefined) await writeFits('star.fits', [{ shape: [side, side], data: star }]);

// Headers are read on opening, pixels when they are asked for: compressed, scaled and packed files look the same from here.
const file = await openFits(given ?? 'star.fits');
const hdu = file.hdus.find(({ kind }) => kind.endsWith('image'))!;
const { shape, data } = await file.readImage(hdu, { as: 'float32' });
console.log(`${hdu.where}: ${shape.join(' x ')} pixels of ${hdu.dtype}`);

const sky = Float32Array.from(data).sort()[data.length >> 1];
const pixels = data.map((value) => value - sky);
await writeFits(out, [
  {
    header: hdu.header,
    shape,
    data: pixels,
    history: [`the median, ${sky.toFixed(2)}, was taken off as sky`],
  },
]);
await file.close();

const written = await openFits(out);
const again = await written.readImage(written.hdu(0), { as: 'float32' });
const flux = again.data.reduce((sum, value) => sum + value, 0);
console.log(
  `${out}: sky ${sky.toFixed(2)}, brightest ${Math.max(...again.data).toFixed(1)}, sum ${flux.toFixed(0)}`,
);
await written.close();
