// How a heart fails: the stages of the American Heart Association, A (at risk), B (structural disease), C (signs), then the diagnosis
// on the index day. Signs are faint for years and gather in the last months (Vijayakrishnan 2014; Wang 2015: what can be
// predicted rises steeply within the last two years).
import type { RandomStream } from '../../../core/random.ts';
import { exponential, logNormal, uniform } from './draws.ts';
import { factorIndex } from './risk-factors.ts';

/** Days from the entry into each stage to the index date; NaN where it was not entered before. */
export interface Stages {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export interface Course {
  readonly stages: Stages;
  /** How strongly the signs show, mean 1 over cases, 0 in controls. */
  readonly amplitude: number;
  /** Phase of waxing and waning, radians, and its period, days. */
  readonly phase: number;
  readonly period: number;
}

export const daysPerYear = 365.25;

const structural = ['CAD', 'LVH', 'valve disease'].map(factorIndex);

/** Days before the index of the earliest of some onsets, NaN for none. */
function earliest(onsets: Float64Array, age: number, factors?: readonly number[]): number {
  const first = Math.min(...(factors === undefined ? onsets : factors.map((f) => onsets[f])));
  return first < age ? (age - first) * daysPerYear : Number.NaN;
}

/** From the first sign to the diagnosis: median 972 days, quartiles 337 and 1,468 (Hayhoe 2019). */
const signsMedian = 972;
const signsDeviation = 0.95;

/** Years from structural disease without a known cause to the first sign (assumed). */
const silentYears = 4;

/** Gamma of shape 2, mean 1: some hearts fail almost without warning (Bottle 2018: 79% are first recorded in hospital). */
const drawAmplitude = (random: RandomStream): number => (exponential(random) + exponential(random)) / 2;

export function drawCourse(random: RandomStream, onsets: Float64Array, age: number, isCase: boolean): Course {
  const amplitude = drawAmplitude(random);
  const c = logNormal(random, signsMedian, signsDeviation);
  const silent = silentYears * daysPerYear * exponential(random);
  const phase = 2 * Math.PI * uniform(random);
  const period = 60 + 60 * uniform(random);
  const a = earliest(onsets, age);
  const b = earliest(onsets, age, structural);
  if (!isCase) return { stages: { a, b, c: Number.NaN }, amplitude: 0, phase, period };
  const later = (x: number, y: number): number => (x >= y ? x : y);
  const structuralEntry = later(b, c + silent);
  return { stages: { a: later(a, structuralEntry), b: structuralEntry, c }, amplitude, phase, period };
}

/** Signs that are there for years, those that gather, and days in which these grow e-fold (tuned to the paper's two settings). */
const faint = 0.42;
const gathering = 0.42;
const growthDays = 110;

/** How strongly the signs show so many days before the index, 0 before stage C; of mean 0.84 over cases on the last day. */
export function severity({ stages, amplitude }: Course, day: number): number {
  if (!(day < stages.c)) return 0;
  return amplitude * (faint * (1 - day / stages.c) + gathering * Math.exp(-day / growthDays));
}

/** Signs wax and wane (Steinhubl 2013): a factor of mean 1 that swings between nearly none and twice as many. */
export const wave = ({ phase, period }: Course, day: number): number =>
  1 + 0.8 * Math.sin(phase + (2 * Math.PI * day) / period);
