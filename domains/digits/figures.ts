// The plots of a run.
import type { Evaluation, Plot } from '../domain.ts';
import type { DigitsConfig } from './config.ts';
import type { Curves } from './evaluation/curves.ts';
import { codeMap } from './plots/code-map.ts';
import { layerTable } from './plots/layer-table.ts';
import { overfittingPlot } from './plots/overfitting-plot.ts';
import { pictureRows } from './plots/picture-rows.ts';

export async function figures(evaluation: Evaluation, _config: DigitsConfig): Promise<Plot[]> {
  const { reconstructions, maps, galleries, losses, layers } = evaluation.curves as unknown as Curves;
  const names = reconstructions.map(({ name }) => name);
  const originals: Plot = {
    id: 'reconstructions',
    title: 'Originals and what codes give back',
    caption: `The first test image of each class. Rows from the top: ${names.join(', ')}.`,
    png: await pictureRows(reconstructions.map(({ images }) => images)),
  };
  const pictures = await Promise.all(
    galleries.map(
      async ({ id, title, caption, rows }): Promise<Plot> => ({
        id,
        title,
        caption,
        png: await pictureRows(rows),
      }),
    ),
  );
  return [
    originals,
    ...maps.map(codeMap),
    ...(losses.length > 0 ? [overfittingPlot(losses)] : []),
    ...pictures,
    ...(layers.length > 0 ? [layerTable(layers)] : []),
  ];
}
