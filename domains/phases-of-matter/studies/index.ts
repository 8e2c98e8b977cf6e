// All studies, and the stages of a run as theirs one after another.
import type { BlockWork } from '../../../core/blocks.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type {
  EvaluateContext,
  Evaluation,
  Figure,
  Plot,
  PrepareContext,
  SimulationContext,
  StageContext,
  TrainContext,
} from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';
import type { ChainOptions, LatticeBlock } from '../sampler/plan-chains.ts';
import { latticeWork, simulateLattices } from '../sampler/simulate-lattices.ts';
import { confusion } from './confusion/index.ts';
import { gauge } from './gauge/index.ts';
import { heldOut } from './held-out/index.ts';
import { pca } from './pca/index.ts';
import { square } from './square.ts';
import { squareIce } from './square-ice/index.ts';
import type { Study } from './study.ts';
import { triangular } from './triangular.ts';
import { vae } from './vae/index.ts';

const studies: readonly Study[] = [square, triangular, pca, confusion, vae, heldOut, squareIce, gauge];

const wanted = ({ config }: Pick<StageContext<PhasesConfig>, 'config'>): Study[] =>
  studies.filter(({ name }) => (config.studies as readonly string[]).includes(name));

const partsOf = (study: Study, parts: Parts): Parts =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => study.ownsPart(name)));

interface StudyChains extends ChainOptions {
  /** Name of the study. */
  readonly id: string;
  readonly lattices: readonly LatticeBlock[];
  partOf(name: string): string;
}

const chainsOf = (context: SimulationContext<PhasesConfig>): StudyChains[] =>
  wanted(context).map((study) => {
    const { blocks: lattices, stream, ...more } = study.lattices(context.config);
    const random = stream === undefined ? context.random : context.random.split(stream);
    return { id: study.name, lattices, random, ...more };
  });

/** The chains of all studies, for whoever divides them. */
export const studyBlocks = (context: SimulationContext<PhasesConfig>): BlockWork[] =>
  chainsOf(context).map(({ id, lattices, ...chains }) => latticeWork(id, lattices, chains));

export async function simulateStudies(context: PrepareContext<PhasesConfig>): Promise<Parts> {
  const { seed, threads, progress, signal, blocks } = context;
  const parts: Record<string, Parts[string]> = {};
  for (const { lattices, partOf, ...chains } of chainsOf(context)) {
    const options = { ...chains, seed, threads, progress, signal, blocks };
    const sampled = await simulateLattices(lattices, options);
    for (const [name, dataset] of Object.entries(sampled)) parts[partOf(name)] = dataset;
  }
  return parts;
}

/** The studies that a run has lattices for: somebody's files are of the square lattice alone. */
const withParts = (context: StageContext<PhasesConfig>, parts: Parts): { study: Study; own: Parts }[] =>
  wanted(context)
    .map((study) => ({ study, own: partsOf(study, parts) }))
    .filter(({ own }) => Object.keys(own).length > 0);

export async function trainStudies(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  for (const { study, own } of withParts(context, parts)) await study.train(own, context);
}

/** Curves by study. */
export async function evaluateStudies(
  parts: Parts,
  context: EvaluateContext<PhasesConfig>,
): Promise<Evaluation> {
  const figures: Figure[] = [];
  const curves: Record<string, unknown> = {};
  for (const { study, own } of withParts(context, parts)) {
    const evaluation = await study.evaluate(own, context);
    figures.push(...evaluation.figures);
    curves[study.name] = evaluation.curves;
  }
  return { figures, curves };
}

export async function studyFigures({ curves }: Evaluation): Promise<Plot[]> {
  const plots: Plot[] = [];
  for (const { name, figures } of studies) {
    if (name in curves) plots.push(...(await figures(curves[name] as Evaluation['curves'])));
  }
  return plots;
}
