// The names that programs may import: what is added or taken away here is added or taken away for everybody who uses the package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../house/sources.ts';

const doors: Readonly<Record<string, readonly string[]>> = {
  deepfield: [
    'RandomStream',
    'UserError',
    'areaDifference',
    'areaInterval',
    'blocksFromWorkers',
    'bootstrapInterval',
    'catalogue',
    'deLong',
    'defineConfig',
    'defineDomain',
    'findDataset',
    'findRun',
    'listRuns',
    'loadDomain',
    'openModels',
    'openRun',
    'predictAll',
    'predictFiles',
    'presetNames',
    'readersOf',
    'registry',
    'resolveConfig',
    'resultsSchema',
    'runDomain',
    'runInWorkers',
    'runStages',
    'silent',
    'trainNetwork',
    'upTo',
    'wilsonInterval',
  ],
  'deepfield/data-adapters': [
    'Dataset',
    'FitsFile',
    'FitsHeader',
    'RejectedRows',
    'StoredDataset',
    'TanProjection',
    'UserError',
    'bytesOf',
    'bytesSource',
    'cacheFolder',
    'decodeGrey',
    'decodeIdx',
    'describeFile',
    'describePath',
    'encodeFits',
    'fetchDataset',
    'fileSource',
    'findClassFolders',
    'isPictureName',
    'isUnnamed',
    'numericColumns',
    'openCells',
    'openFits',
    'openNpz',
    'openTable',
    'openTableWriter',
    'openZip',
    'parseNpy',
    'publicQuery',
    'readCsv',
    'readDataset',
    'readEvents',
    'readGrey',
    'readIdx',
    'readJsonItems',
    'readNpy',
    'readTextTable',
    'resample',
    'splitNames',
    'splitObject',
    'squareOf',
    'verifyDataset',
    'writeDataset',
    'writeFits',
    'writeNpy',
  ],
  'deepfield/engine': [
    'AUTO',
    'EngineError',
    'InferenceModel',
    'RandomStream',
    'TraceError',
    'UnmappedKernelError',
    'UserError',
    'adadelta',
    'adam',
    'adamW',
    'backendName',
    'binaryCrossEntropy',
    'categoricalCrossEntropy',
    'chooseDevice',
    'classObjective',
    'clipByGlobalNorm',
    'constantRate',
    'cosineDecay',
    'deviceNames',
    'dropout',
    'exponentialDecay',
    'exportModel',
    'fit',
    'gaussianNoise',
    'gru',
    'imageClassifier',
    'linearRamp',
    'listDevices',
    'logitCrossEntropy',
    'meanSquaredError',
    'mlp',
    'openEngine',
    'periodicPadding',
    'randomNormal',
    'randomUniform',
    'rmsProp',
    'rowSource',
    'sgd',
    'silent',
    'streamSource',
    'warmUpCosine',
    'weightedMean',
    'workerSource',
  ],
  'deepfield/server': ['UserError', 'defaultSettings', 'serveRuns'],
};

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const { exports } = JSON.parse(read('package.json')) as {
  exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
};
/** Doors as package.json has them: `./engine` of `deepfield/engine`. */
const listed = Object.entries(exports).filter(
  (entry): entry is [string, { types: string; default: string }] => typeof entry[1] !== 'string',
);

describe('the doors of the package', () => {
  it('are those of package.json', () => {
    const names = listed.map(([path]) => path.replace(/^\./, 'deepfield'));
    expect(names.sort()).toEqual(Object.keys(doors).sort());
  });

  it.each(Object.entries(doors))('%s exports these names and no others', async (door, names) => {
    // Not a constant, so that it is resolved by vitest.config.ts.
    const module: object = await import(/* @vite-ignore */ door);
    expect(Object.keys(module).sort()).toEqual([...names]);
  });

  it("have what the tracer's refusals name", () => {
    const refusals =
      read('core/engine/layer-hooks.ts').match(/use .* of deepfield\/engine|from .* of deepfield\/engine/g) ??
      [];
    const named = refusals.flatMap((text) => [...text.matchAll(/(\w+)\(\)/g)].map(([, name]) => name));
    expect(named).toContain('dropout');
    for (const name of named) expect(doors['deepfield/engine']).toContain(name);
  });

  it.each(listed)('%s is compiled from a file that tsconfig.json names too', (path, target) => {
    const source = target.default.replace('./dist/', './').replace(/\.js$/, '.ts');
    expect(target.types).toBe(target.default.replace(/\.js$/, '.d.ts'));
    expect(existsSync(join(root, source)), source).toBe(true);
    const { paths } = JSON.parse(read('tsconfig.json')).compilerOptions;
    expect(paths[path.replace(/^\./, 'deepfield')]).toEqual([source]);
  });
});
