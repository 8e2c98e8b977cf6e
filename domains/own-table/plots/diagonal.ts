// The line on which what was said is what came.
export const diagonal = (from: number, to: number): Readonly<Record<string, unknown>> => ({
  data: {
    values: [
      { x: from, y: from },
      { x: to, y: to },
    ],
  },
  mark: { type: 'line', strokeDash: [4, 4], color: '#999999' },
  encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
});
