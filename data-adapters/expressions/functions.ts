// What an expression may call, and how many arguments each takes.

export interface ExpressionFunction {
  readonly least: number;
  readonly most: number;
  readonly call: (...values: number[]) => number;
}

const of = (least: number, most: number, call: (...values: number[]) => number): ExpressionFunction => ({
  least,
  most,
  call,
});

/** Angles in radians; log is natural; `missing(x)` is 1 where x is missing, else 0. min and max of a missing value are missing. */
export const functions: Readonly<Record<string, ExpressionFunction>> = {
  abs: of(1, 1, Math.abs),
  sqrt: of(1, 1, Math.sqrt),
  exp: of(1, 1, Math.exp),
  log: of(1, 1, Math.log),
  log10: of(1, 1, Math.log10),
  sin: of(1, 1, Math.sin),
  cos: of(1, 1, Math.cos),
  tan: of(1, 1, Math.tan),
  sinh: of(1, 1, Math.sinh),
  cosh: of(1, 1, Math.cosh),
  atan2: of(2, 2, Math.atan2),
  pow: of(2, 2, Math.pow),
  hypot: of(1, Number.POSITIVE_INFINITY, Math.hypot),
  min: of(1, Number.POSITIVE_INFINITY, Math.min),
  max: of(1, Number.POSITIVE_INFINITY, Math.max),
  missing: of(1, 1, (x) => (Number.isNaN(x) ? 1 : 0)),
};

export const constants: Readonly<Record<string, number>> = { pi: Math.PI };
