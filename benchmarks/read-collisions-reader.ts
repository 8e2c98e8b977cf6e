// One reading of a file for read-collisions.ts, in a process of its own. Prints seconds, seconds of all
// cores together, peak memory (MB), rows and the sum of the first column.
import { openTable, readEvents } from '../data-adapters/tables/index.ts';

const [reader, path] = process.argv.slice(2);
const threads = 2;

const start = performance.now();
const table = await openTable(path);
let rows = 0;
let sum = 0;
if (reader === 'table') {
  for await (const block of table.blocks({ columns: table.columns, threads })) {
    rows += block.rows;
    const first = block.columns[table.columns[0]];
    for (let row = 0; row < block.rows; row++) sum += first[row];
  }
} else {
  const [column, ...features] = table.columns;
  for await (const block of readEvents(table, { features, label: { column } }, { threads })) {
    rows += block.rows;
    for (const label of block.label!) sum += label;
  }
}
const seconds = (performance.now() - start) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(seconds, (userCPUTime + systemCPUTime) / 1e6, maxRSS / 1000, rows, sum);
