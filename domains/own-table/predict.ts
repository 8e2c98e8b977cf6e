// From one row, words and all, to its class or number.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { readJsonItems } from '../../data-adapters/formats/json-items.ts';
import { daysOf, isMissing, numberOf } from '../../data-adapters/own-table/cell-values.ts';
import { rowEncoder } from '../../data-adapters/own-table/row-codes.ts';
import { type ColumnSchema, featuresOf } from '../../data-adapters/own-table/schema.ts';
import { cellText } from '../../data-adapters/tables/cell-table.ts';
import { tableEndings } from '../../data-adapters/tables/table-endings.ts';
import type { DecodedRequest, Models, Prediction } from '../domain.ts';
import { spreadOfOutput } from '../ensemble.ts';
import type { OwnTableConfig } from './config.ts';
import { factsOf, type TableFacts } from './networks/facts.ts';
import { featuresInput, probabilityOutput, valueOutput } from './networks/names.ts';
import { predictTable } from './predict-table.ts';
import { type RowAnswer, type RowRequest, rowAnswer, rowRequest } from './request.ts';
import { unlikeTraining } from './unlike-training.ts';

/** @throws UserError for a cell that cannot be of its column's kind */
function requireKind({ name, kind }: ColumnSchema, cell: string): void {
  if (isMissing(cell) || kind === 'category') return;
  if ((kind === 'date' ? daysOf(cell) : numberOf(cell)) !== undefined) return;
  throw new UserError({
    what: `${JSON.stringify(cell.slice(0, 40))} is no ${kind}`,
    where: name,
    how: kind === 'date' ? 'write it as 2024-01-31' : 'give a number, or null where it is missing',
  });
}

/** The row's cells in the order of the features. @throws UserError for one that is not there, with near names */
function cellsOf(request: RowRequest, facts: TableFacts): string[] {
  return featuresOf(facts).map((column) => {
    if (!Object.hasOwn(request, column.name)) {
      const near = nearest(column.name, Object.keys(request));
      throw new UserError({
        what: `${column.name} is missing`,
        where: 'the row',
        how:
          near.length > 0
            ? `is ${near.join(' or ')} meant for it? null says that the value is missing`
            : 'give it, or null where the value is missing',
      });
    }
    const cell = cellText(request[column.name]);
    requireKind(column, cell);
    return cell;
  });
}

interface Context {
  readonly facts: TableFacts;
  readonly warnings: readonly string[];
}

async function decode(request: RowRequest, models: Models): Promise<DecodedRequest> {
  const facts = factsOf(await models.metadata('network'));
  const cells = cellsOf(request, facts);
  const names = featuresOf(facts).map(({ name }) => name);
  const data = new Float32Array(names.length);
  rowEncoder(facts, names).encode(cells, data, 0);
  const warnings = unlikeTraining(data, facts, (name) => cellText(request[name]));
  const context: Context = { facts, warnings };
  return {
    models: ['network'],
    inputs: { [featuresInput]: { dtype: 'float32', shape: [1, data.length], data } },
    context,
  };
}

function likeliest(probabilities: ArrayLike<number>, classes: readonly string[]): string {
  const all = Array.from(probabilities);
  return classes[all.indexOf(Math.max(...all))];
}

export const predict: Prediction<OwnTableConfig, RowRequest, RowAnswer> = {
  request: rowRequest,
  answer: rowAnswer,
  accepts:
    'tables with the columns of the training data (.csv, .csv.gz, .tsv, .parquet, .arrow, .h5, .root), or rows as .json',
  reads: [...tableEndings, '.json'],
  read: (path) => readJsonItems(path, rowRequest, { what: 'rows', how: 'give [{ "column": value, ... }]' }),
  decode,
  encode([outputs], _request, _config, given) {
    const { facts, warnings } = given as Context;
    if (facts.task === 'regression') {
      const spread = spreadOfOutput(outputs, valueOutput)?.[0];
      return {
        prediction: outputs[valueOutput].data[0],
        ...(spread !== undefined && { spread }),
        warnings: [...warnings],
      };
    }
    const { data } = outputs[probabilityOutput];
    const prediction = likeliest(data, facts.classes);
    const spread = spreadOfOutput(outputs, probabilityOutput)?.[facts.classes.indexOf(prediction)];
    return {
      prediction,
      ...(spread !== undefined && { spread }),
      probabilities: Object.fromEntries(
        facts.classes.map((word, k) => [word, Math.min(1, Math.max(0, data[k]))]),
      ),
      warnings: [...warnings],
    };
  },
  describe({ prediction, probabilities, spread, warnings }) {
    const careful =
      warnings.length === 0
        ? ''
        : `; ${warnings[0]}${warnings.length > 1 ? ` and ${warnings.length - 1} more` : ''}`;
    if (typeof prediction === 'number') {
      const about = spread === undefined ? '' : ` +- ${spread.toPrecision(2)}`;
      return `${prediction.toPrecision(5)}${about}${careful}`;
    }
    const about = spread === undefined ? '' : ` +- ${spread.toFixed(3)}`;
    const sure = probabilities?.[prediction];
    return `${prediction}${sure === undefined ? '' : `, P = ${sure.toFixed(3)}${about}`}${careful}`;
  },
  examples: [
    { temperature: 16.5, water: 14, depth: 2, soil: 'loam', species: 'clover', sown: '2023-04-02' },
    { temperature: 6, water: null, depth: 8.5, soil: 'sand', species: 'poppy', sown: '2023-10-20' },
  ],
  table: predictTable,
};
