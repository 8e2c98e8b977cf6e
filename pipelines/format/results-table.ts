// The figures of a run as a table for the terminal: value and interval beside the paper's, the exact and the baselines'.
import type { Figure } from '../../domains/domain.ts';
import { estimateDecimals, estimateText, exactText, paperText } from './number-text.ts';
import { textTable } from './text-table.ts';

const percent = (level: number): string => `${Number((100 * level).toFixed(2))} %`;

function rowsOf(figure: Figure): string[][] {
  const decimals = estimateDecimals(figure);
  const { value, interval } = estimateText(figure, decimals);
  const unit = figure.unit === undefined ? '' : ` (${figure.unit})`;
  const baselines = (figure.baselines ?? []).map((baseline) => {
    const text = estimateText(baseline, Math.max(decimals, 0));
    return [`  ${baseline.label}`, text.value, text.interval, '', ''];
  });
  return [[`${figure.label}${unit}`, value, interval, paperText(figure), exactText(figure)], ...baselines];
}

/** One line a figure, its baselines indented under it. */
export function resultsTable(figures: readonly Figure[]): string {
  const levels = [...new Set(figures.map(({ level }) => percent(level)))].join(', ');
  const rows = figures.flatMap(rowsOf);
  const head = ['figure', 'value', `[${levels} interval]`, 'paper', 'exact'];
  const used = head.map((title, i) => (rows.some((row) => row[i] !== '') ? title : ''));
  return textTable([used, ...rows], { right: [1] });
}
