// The door of pictures: any kind that sharp reads, as greys.
export { type ClassFolders, type ClassifiedPicture, findClassFolders } from './class-folders.ts';
export { decodeGrey, type GreyPicture, isPictureName, readGrey } from './grey-picture.ts';
export { type Box, resample } from './resample.ts';
export { squareOf } from './square-of.ts';
