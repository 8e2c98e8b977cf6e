// How the networks of several runs are averaged: the probabilities of classifiers, the images that autoencoders and components give back.
import type { EnsembleRule } from '../ensemble.ts';
import { galleriesKey } from './interpretation/network-galleries.ts';
import {
  classesKey,
  codeOutput,
  errorOutput,
  lossesKey,
  parametersKey,
  probabilityOutput,
  reconstructionOutput,
  thresholdKey,
} from './networks/names.ts';

/** What tells of one network alone: its losses, pictures of its filters. */
const ownKeys: readonly string[] = [lossesKey, galleriesKey];

export const ensemble: EnsembleRule = {
  outputs: {
    [probabilityOutput]: 'mean',
    [reconstructionOutput]: 'mean',
    // What the members' thresholds are for. The error of the mean image is less, by the mean square of the members' spread about it.
    [errorOutput]: 'mean',
    // Each network has its own axes: in another order, with other signs, turned.
    [codeOutput]: 'left-out',
  },
  meaning: ({ [classesKey]: classes }) => classes,
  metadata(members) {
    const [first] = members;
    const sum = (key: string): number => members.reduce((total, own) => total + Number(own[key]), 0);
    return {
      ...Object.fromEntries(Object.entries(first).filter(([key]) => !ownKeys.includes(key))),
      [parametersKey]: String(sum(parametersKey)),
      // The quantile of the mean error is the mean of the quantiles where the members agree on which image is stranger than which.
      ...(thresholdKey in first && { [thresholdKey]: String(sum(thresholdKey) / members.length) }),
    };
  },
  acrossSeeds: true,
};
