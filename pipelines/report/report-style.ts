// The style sheet of report.html: one column, the system's own type, light and dark by the reader's preference, tables
// that turn into cards on a phone, and a print that wastes no ink.

export const reportStyle = `
:root { color-scheme: light dark; --paper: #ffffff; --card: #f6f8fa; --ink: #1f2328; --quiet: #57606a; --line: #d0d7de;
  --accent: #0072b2; --warm: #d55e00; --code: #eff2f5; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171b; --card: #1c2126; --ink: #e6e8eb; --quiet: #9aa4af;
  --line: #343b43; --accent: #56b4e9; --warm: #f08a4b; --code: #22282e; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; margin: 1rem 0 0; padding: 0; font-size: .9rem; }
.facts div { display: flex; gap: .4rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: .8125rem; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line); vertical-align: bottom; }
td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.label { min-width: 12rem; }
tr.baseline td { padding-top: .15rem; color: var(--quiet); }
tr.more td { border-bottom-color: transparent; padding-bottom: .15rem; }
tr.note td { padding-top: .15rem; }
td.label { width: 40%; }
tr.baseline td.label { padding-left: 1.25rem; }
.value { font-weight: 650; }
svg.interval { display: block; overflow: visible; }
svg.interval .range { stroke: var(--accent); stroke-width: 5; stroke-linecap: round; opacity: .4; }
svg.interval circle.value { fill: var(--accent); }
svg.interval .paper { fill: var(--warm); }
svg.interval .paper-error { stroke: var(--warm); stroke-width: 2; }
svg.interval .exact { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
svg.interval .baseline { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0 0; font-size: .8125rem; color: var(--quiet); }
.key span { display: inline-flex; align-items: center; gap: .4rem; }
.plots { display: grid; gap: 1.25rem; grid-auto-flow: dense; }
.plots { grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
figure.wide { grid-column: 1 / -1; }
figure { margin: 0; padding: 1rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  min-width: 0; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
@media (prefers-color-scheme: dark) { figure svg { filter: brightness(1.3); } }
figure img { display: block; max-width: 100%; margin: 0 auto; height: auto; image-rendering: pixelated; border-radius: 4px; }
figcaption { margin-top: .6rem; color: var(--quiet); font-size: .9rem; max-width: 46rem; }
pre { margin: .5rem 0; padding: .75rem .9rem; background: var(--code); border-radius: 8px; overflow-x: auto;
  font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--accent); }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .8125rem; }
.scroll { overflow-x: auto; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  figure { padding: .75rem; }
  table.stacked thead { display: none; }
  table.stacked tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  table.stacked tr.more { border-bottom: 0; padding-bottom: .2rem; }
  table.stacked tr.baseline { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding-top: 0; }
  table.stacked tr.baseline td.label { flex: 1 1 auto; }
  table.stacked tr.baseline td:not(.label)::before { content: none; }
  table.stacked td { display: flex; justify-content: space-between; gap: 1rem; padding: .1rem 0; border: 0; text-align: right; }
  table.stacked td.label { display: block; width: auto; min-width: 0; text-align: left; padding-left: 0; }
  table.stacked td:not(.label)::before { content: attr(data-label); color: var(--quiet); font-weight: 400; }
  table.stacked td:empty { display: none; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --code: #f4f4f4; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .plots { grid-template-columns: 1fr 1fr; gap: .75rem; }
  figure, tr, pre { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
