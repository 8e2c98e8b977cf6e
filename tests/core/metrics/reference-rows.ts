// The rows of scikit-learn-reference.py: 200, of two scores (the first with ties), labels and weights.
let x = 7;
const uniform = Float64Array.from({ length: 800 }, () => {
  x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff;
  return x / 2147483648;
});

const rows = Array.from({ length: 200 }, (_, i) => uniform.subarray(4 * i, 4 * i + 4));

export const labels = rows.map(([u]) => (u < 0.4 ? 1 : 0));
export const tied = rows.map((u, i) => Math.floor(20 * (u[1] + 0.3 * labels[i])) / 20);
export const smooth = rows.map((u, i) => u[2] + 0.2 * labels[i]);
export const probabilities = rows.map((u) => u[2]);
export const weights = rows.map((u) => 0.5 + u[3]);
