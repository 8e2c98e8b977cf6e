// The door of public data: what a set is, fetching it into the cache, and checking what lies there.
export { cacheFolder } from './cache-folder.ts';
export {
  type FetchDatasetOptions,
  fetchDataset,
  type PlacedDataset,
  type PlacedFile,
} from './fetch-dataset.ts';
export {
  bytesOf,
  type PublicDataset,
  type PublicFile,
  type PublicQuery,
  publicQuery,
} from './public-dataset.ts';
export { type VerifiedFile, verifyDataset } from './verify-dataset.ts';
