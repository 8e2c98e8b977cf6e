// FITS files, as astronomers keep their images and catalogues: reading, writing, and the projection of the sky.
export type { Card, CardValue } from './card.ts';
export type { Groups } from './groups.ts';
export type { Hdu, HduKind } from './hdu.ts';
export { FitsHeader } from './header.ts';
export type { ImagePart, Rectangle } from './image-window.ts';
export {
  FitsFile,
  type FitsImage,
  type OpenFitsOptions,
  openFits,
  type ReadImageOptions,
} from './open-fits.ts';
export type { Pixels, PixelType } from './pixel-types.ts';
export type { FloatType } from './plain-image.ts';
export type {
  FitsTable,
  NumberColumn,
  TableColumn,
  TablePart,
  TextColumn,
  VariableColumn,
} from './tables/table.ts';
export { TanProjection } from './tan-projection.ts';
export { encodeFits, type HduToWrite, writeFits } from './write-fits.ts';
