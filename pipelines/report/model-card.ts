// model-card.md: what the networks of a run are, what they were trained on, how good they are and how to call them, in
// the headings of Mitchell et al., Model cards for model reporting (2019).
import { splitNames } from '../../data-adapters/dataset.ts';
import { citationText } from '../format/citation-text.ts';
import { countText, estimateText, exactText, paperText } from '../format/number-text.ts';
import type { ReportContent } from './report-content.ts';

/** Text for a cell of a Markdown table. */
const cell = (text: string): string => text.replace(/([|\\`*_<>[\]])/g, '\\$1').replace(/\s*\n\s*/g, ' ');

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function results({ figures }: ReportContent): string[] {
  const head = [
    '| figure | value | interval | level | paper | exact |',
    '| --- | ---: | --- | --- | --- | --- |',
  ];
  const rows = figures.map((figure) => {
    const { value, interval } = estimateText(figure);
    const unit = figure.unit === undefined ? '' : ` (${figure.unit})`;
    return row([
      `${figure.label}${unit}`,
      value,
      interval,
      `${figure.level}`,
      paperText(figure),
      exactText(figure),
    ]);
  });
  const notes = figures.flatMap(({ label, note }) =>
    note === undefined ? [] : [`- ${cell(label)}: ${cell(note)}`],
  );
  return [...head, ...rows, ...(notes.length > 0 ? ['', ...notes] : [])];
}

function data({ data: { parts } }: ReportContent): string[] {
  const lines = Object.entries(parts).map(([name, { rows, splits, provenance }]) => {
    const counts = splitNames.map((split) => `${countText(splits[split])} ${split}`).join(', ');
    return `- ${cell(name)}: ${countText(rows)} rows (${counts}). ${cell(provenance.source)}.`;
  });
  const notes = new Set(Object.values(parts).flatMap(({ provenance }) => provenance.notes));
  return [...lines, ...[...notes].map((note) => `- ${cell(note)}`)];
}

/** The card as Markdown. */
export function modelCard(content: ReportContent): string {
  const { domain, status, networks, environment, command, run, ensemble } = content;
  const { paper } = domain;
  return `${[
    `# ${domain.title}`,
    '',
    domain.summary,
    '',
    '## Networks',
    '',
    ...(paper === undefined ? [] : [`After ${citationText(paper)}.`]),
    `Trained ${status.created.slice(0, 10)} by deepfield ${environment.deepfield}, preset ${status.preset}, seed ${status.seed}.`,
    ...(ensemble === undefined
      ? []
      : [
          `Each is an ensemble of ${ensemble.members.length}, whose answers are averaged; outputs named \`*_spread\` hold the standard deviation over them.`,
          '',
          ...ensemble.members.map(({ run: member, seed }) => `- member: \`${member}\`, seed ${seed}`),
        ]),
    '',
    ...networks.map(
      ({ id, bytes, primary }) =>
        `- \`models/${id}.onnx\`, ${countText(bytes)} bytes${primary ? ' (also `model.onnx`)' : ''}`,
    ),
    '',
    '## Use',
    '',
    `Input: ${domain.predict.accepts}. The preprocessing is inside the ONNX files, which take raw values.`,
    '',
    '```sh',
    `npx deepfield predict ${run} <file>...`,
    '```',
    '',
    '```python',
    'import onnxruntime',
    'session = onnxruntime.InferenceSession("model.onnx")',
    'print([(i.name, i.type, i.shape) for i in session.get_inputs()])',
    '```',
    '',
    '## Training data',
    '',
    ...data(content),
    '',
    '## Evaluation',
    '',
    ...results(content),
    '',
    '## Limits',
    '',
    'The figures hold for data like the test splits above. On data from elsewhere, measure first:',
    `\`npx deepfield evaluate ${run} --source <path>\`.`,
    '',
    '## Reproduction',
    '',
    '```sh',
    command,
    '```',
  ].join('\n')}\n`;
}
