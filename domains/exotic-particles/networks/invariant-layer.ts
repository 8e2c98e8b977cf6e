// What does not change when a collision is turned about the beam, mirrored, or looked at from a frame that moves along it:
// a layer without weights that computes it from raw columns, so that the layers behind it need not learn those symmetries
// from examples. In the manner of Butter, Kasieczka, Plehn and Russell, SciPost Phys. 5, 028 (2018), arXiv:1707.08966, who
// give networks the masses of combinations of four-momenta; here every combination of the visible particles, no choice of
// a decay behind it.
import {
  abs,
  add,
  concat,
  cos,
  cosh,
  div,
  log,
  matMul,
  maximum,
  mul,
  serialization,
  sign,
  sin,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { ColumnStatistics } from '../../../data-adapters/stored/column-statistics.ts';
import type { MomentumColumn, ParticleLayout } from './particles.ts';
import { type ColumnScaling, standardisation } from './standardisation.ts';
import '../../../core/engine/tfjs.ts';

type LayerConfig = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

interface InvariantLayerConfig extends LayerConfig {
  readonly columns: number;
  readonly particles: ParticleLayout;
  readonly scalings?: readonly ColumnScaling[];
}

/** Momenta and masses below this do not differ, GeV: the logarithm of a mass of 0 stays finite. */
const LEAST = 1;

/** Sets of particles as bits, those with at least `least` members. */
const subsets = (count: number, least: number): number[] =>
  Array.from({ length: 2 ** count }, (_, set) => set).filter(
    (set) => Array.from({ length: count }, (_, i) => (set >> i) & 1).reduce((a, b) => a + b, 0) >= least,
  );

const pairs = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: count - i - 1 }, (_, k): [number, number] => [i, i + 1 + k]),
  ).flat();

/** Numbers that the layer answers for each event. */
function width({ visible }: ParticleLayout): number {
  const n = visible.length;
  return n + 1 + 2 * n + n + (2 ** n - n - 1) + (2 ** n - 1);
}

const matrix = (rows: number, columns: number, value: (row: number, column: number) => number): Tensor =>
  tensor2d(
    Float32Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns), i % columns)),
    [rows, columns],
  );

const product = (a: Tensor, b: Tensor): Tensor => matMul(a as never, b as never);

/** Physical values of some columns of x, [rows, some]. */
function pick(x: Tensor, chosen: readonly MomentumColumn[]): Tensor {
  const chooser = matrix(x.shape[1]!, chosen.length, (row, k) =>
    chosen[k].index === row ? chosen[k].scale : 0,
  );
  return add(
    product(x, chooser),
    matrix(1, chosen.length, (_, k) => chosen[k].offset),
  );
}

const logarithm = (x: Tensor): Tensor => log(maximum(x, LEAST));
const rootLogarithm = (x: Tensor): Tensor => mul(0.5, log(maximum(x, LEAST ** 2)));

class InvariantLayer extends layers.Layer {
  static readonly className = 'DeepfieldCollisionInvariants';
  private readonly config: InvariantLayerConfig;

  constructor(config: InvariantLayerConfig) {
    super(config);
    this.config = config;
  }

  override computeOutputShape([rows]: number[]): number[] {
    return [rows, width(this.config.particles)];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => this.scaled(this.invariants(x)));
  }

  private invariants(x: Tensor): Tensor {
    const { visible, missing } = this.config.particles;
    const pt = pick(
      x,
      visible.map((p) => p.pt),
    );
    const eta = pick(
      x,
      visible.map((p) => p.eta),
    );
    const phi = pick(x, [...visible.map((p) => p.phi), missing.phi]);
    const lost = maximum(pick(x, [missing.pt]), 0);
    return concat(
      [
        logarithm(pt),
        logarithm(lost),
        ...this.angles(eta, phi),
        ...this.masses(maximum(pt, 0), eta, phi, lost),
      ],
      1,
    );
  }

  private scaled(x: Tensor): Tensor {
    const { scalings } = this.config;
    if (scalings === undefined) return x;
    const row = (read: (scaling: ColumnScaling) => number): Tensor =>
      matrix(1, scalings.length, (_, k) => read(scalings[k]));
    return div(
      sub(
        x,
        row(({ shift }) => shift),
      ),
      row(({ scale }) => scale),
    );
  }

  /** Azimuths from the first particle's, mirrored so that the missing momentum's is positive; pseudorapidities so that their sum is. */
  private angles(eta: Tensor, phi: Tensor): Tensor[] {
    const n = this.config.particles.visible.length;
    const from = product(
      phi,
      matrix(n + 1, n, (row, k) => (row === k + 1 ? 1 : row === 0 ? -1 : 0)),
    );
    const sines = sin(from);
    const side = sign(slice(sines, [0, n - 1], [-1, 1]));
    return [cos(from), mul(sines, side), mul(eta, sign(sum(eta, 1, true)))];
  }

  /**
   * ln of m, m^2 = sum over pairs of 2 pT pT' (cosh(eta - eta') - cos(phi - phi')), for every set of two or more visible
   * particles; and of m_T, m_T^2 = m^2 + 2 (E_T E_T^miss - pT . pT^miss), for every set of one or more.
   */
  private masses(pt: Tensor, eta: Tensor, phi: Tensor, lost: Tensor): Tensor[] {
    const n = this.config.particles.visible.length;
    const two = pairs(n);
    const difference = matrix(n, two.length, (row, k) =>
      row === two[k][0] ? 1 : row === two[k][1] ? -1 : 0,
    );
    const first = matrix(n, two.length, (row, k) => (row === two[k][0] ? 1 : 0));
    const second = matrix(n, two.length, (row, k) => (row === two[k][1] ? 1 : 0));
    const seen = slice(phi, [0, 0], [-1, n]);
    const opening = sub(cosh(product(eta, difference)), cos(product(seen, difference)));
    const squares = mul(mul(product(pt, first), product(pt, second)), mul(opening, 2));
    const many = subsets(n, 2);
    const any = subsets(n, 1);
    const massOf = (sets: readonly number[]): Tensor =>
      product(
        squares,
        matrix(two.length, sets.length, (k, s) => (two[k].every((i) => (sets[s] >> i) & 1) ? 1 : 0)),
      );
    const members = matrix(n, any.length, (row, s) => (any[s] >> row) & 1);
    const away = sub(seen, slice(phi, [0, n], [-1, 1]));
    // Along the missing momentum and across it.
    const along = product(mul(pt, cos(away)), members);
    const across = product(mul(pt, sin(away)), members);
    const massSquares = abs(massOf(any));
    const energy = sqrt(add(massSquares, add(square(along), square(across))));
    const transverse = add(massSquares, mul(mul(lost, 2), sub(energy, along)));
    return [rootLogarithm(massOf(many)), rootLogarithm(transverse)];
  }

  override getConfig(): serialization.ConfigDict {
    const { columns, particles, scalings } = this.config;
    return { ...super.getConfig(), columns, particles, scalings } as unknown as serialization.ConfigDict;
  }
}

serialization.registerClass(InvariantLayer);

/**
 * [rows, columns] -> [rows, 4 n + 1 + (2^n - n - 1) + (2^n - 1)] for n visible particles: ln pT, angles from the first
 * particle, ln of masses and transverse masses (GeV) of all sets of particles.
 *
 * @param scalings of what it answers; as it is when left out
 */
export const invariantLayer = (config: {
  columns: number;
  particles: ParticleLayout;
  scalings?: readonly ColumnScaling[];
  name?: string;
}): layers.Layer => new InvariantLayer(config);

/** Rows that are computed at once. */
const BLOCK = 2000;

/** Scalings that make z-scores of the invariants. @param features some training rows, row-major; ten thousand are plenty */
export function invariantScalings(
  particles: ParticleLayout,
  columns: number,
  features: Float32Array,
): ColumnScaling[] {
  const layer = invariantLayer({ columns, particles });
  const statistics = new ColumnStatistics(width(particles));
  for (let start = 0; start < features.length; start += BLOCK * columns) {
    const block = features.subarray(start, start + BLOCK * columns);
    const values = tidy(() =>
      (layer.apply(tensor2d(block, [block.length / columns, columns])) as Tensor).dataSync(),
    );
    statistics.add(values as Float32Array);
  }
  return standardisation('z-score', statistics.finish());
}
