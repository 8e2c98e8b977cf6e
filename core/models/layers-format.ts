// The tfjs layers format: model.json with the architecture, weights.bin with the numbers. What tfjs's own
// loadLayersModel reads, in a browser too.
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The two files of the format. */
export interface LayersFormat {
  readonly json: string;
  readonly weights: Uint8Array;
}

/** The network as it stands. */
export async function toLayersFormat(model: LayersModel): Promise<LayersFormat> {
  let result: LayersFormat | undefined;
  await model.save(
    io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, generatedBy }) => {
      const parts = [weightData ?? []].flat().map((buffer) => new Uint8Array(buffer));
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      result = {
        json: JSON.stringify({
          format: 'layers-model',
          generatedBy,
          convertedBy: null,
          modelTopology,
          weightsManifest: manifest,
        }),
        weights: new Uint8Array(Buffer.concat(parts)),
      };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  if (!result) throw new Error('tfjs did not hand over the model');
  return result;
}
