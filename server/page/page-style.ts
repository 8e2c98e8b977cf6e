// The style sheet of the page: light and dark by the reader's setting, two columns on a desk and one on a phone, places that keep
// their height while they wait. The palette is that of the reports (Okabe and Ito).
export const pageStyle = `
:root { color-scheme: light dark;
  --paper: light-dark(#ffffff, #14171b); --card: light-dark(#f6f8fa, #1c2126); --ink: light-dark(#1f2328, #e6e8eb);
  --quiet: light-dark(#57606a, #9aa4af); --line: light-dark(#d0d7de, #343b43); --accent: light-dark(#0060a0, #6cbdf0);
  --on-accent: light-dark(#ffffff, #0d1117); --warm: light-dark(#c04d00, #f08a4b); --s0: light-dark(#0072b2, #56b4e9); --s1: light-dark(#d55e00, #f08a4b);
  --s2: light-dark(#009e73, #3fc79d); --s3: light-dark(#b0508a, #e0a0c6); --s4: light-dark(#b37400, #e6b450); --s5: light-dark(#3f88b5, #9ad0f0); }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scrollbar-gutter: stable; }
body { margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
[hidden] { display: none !important; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 1.15rem; margin: 0; } h1 a { color: inherit; text-decoration: none; }
h2 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; } h4 { font-size: .95rem; margin: 0 0 .5rem; }
p { margin: .4rem 0; }
.quiet, .hint, .caption, dt, figcaption { color: var(--quiet); }
.hint, .caption, figcaption { font-size: .85rem; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; padding: .8rem 0; border-bottom: 1px solid var(--line); }
.top nav { display: flex; flex-wrap: wrap; gap: .25rem; min-height: 2.1rem; }
.top nav.more { margin-left: auto; }
nav a { padding: .25rem .6rem; border-radius: 6px; text-decoration: none; font-size: .925rem; }
nav a:hover { background: var(--card); }
nav a[aria-current] { background: var(--accent); color: var(--on-accent); }
#message { min-height: 1.5rem; margin: .5rem 0; color: var(--warm); font-weight: 600; overflow-wrap: anywhere; }
#message:not(:empty) { position: sticky; top: 0; z-index: 1; padding: .4rem 0; background: var(--paper); }
#key { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .75rem 0; padding: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.model p { max-width: 52rem; }
.version select { max-width: 100%; }
main { min-height: 80vh; }
.work { display: grid; grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); gap: 2rem; align-items: start; margin-top: .5rem; }
.answers { min-height: 30rem; } .answers[aria-busy] .answer-body { opacity: .45; }
.answers[aria-busy] h3::after { content: " ..."; color: var(--quiet); }
.headline { font-size: 1.2rem; font-weight: 650; margin: 0 0 .75rem; overflow-wrap: anywhere; } .headline.small { font-size: 1rem; }
.error { color: var(--warm); }
input, select, textarea, button { font: inherit; color: inherit; }
input:not([type=checkbox], [type=file]), select, textarea { width: 100%; padding: .35rem .5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; min-width: 0; }
.version select, #key input { width: auto; }
textarea.code, pre { font: .8125rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
textarea.code { white-space: pre; overflow: auto; }
button { padding: .4rem .9rem; border-radius: 6px; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.plain, button.example, button.row, button.blink { background: transparent; color: var(--accent); border-color: var(--line); }
button.plain { padding: .15rem .6rem; } button:hover { filter: brightness(1.08); } button.example:hover, button.plain:hover, button.row:hover { background: var(--card); filter: none; }
button.blink[aria-pressed=true] { background: var(--accent); color: var(--on-accent); }
.examples, .actions, .downloads { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.actions { margin-top: .75rem; gap: 1rem; } .check { display: inline-flex; gap: .4rem; align-items: center; } .downloads { margin-top: 1rem; }
.drop { display: block; padding: 1.1rem 1rem; border: 2px dashed var(--line); border-radius: 10px; background: var(--card); text-align: center; cursor: pointer; }
.drop input { display: block; margin: .6rem auto 0; max-width: 100%; font-size: .85rem; }
.drop.over, .drop:focus-within { border-color: var(--accent); }
details { margin: .6rem 0; } summary { cursor: pointer; color: var(--accent); } details.list { border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; }
.field { margin: .6rem 0; } .field label { font-weight: 600; font-size: .9rem; } .field .hint { margin: .15rem 0 0; }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: .6rem 0; padding: .5rem .75rem; min-width: 0; } legend { font-weight: 600; font-size: .9rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .4rem .6rem; } .cell label { display: block; font-size: .75rem; color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.list .scroll { max-height: 22rem; overflow: auto; } .list td { padding: .1rem; } .list td input, .list td select { min-width: 7rem; padding: .15rem .35rem; font-size: .85rem; }
.panel { margin: 0 0 1rem; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; min-width: 0; }
.panel .caption { max-width: 46rem; margin: .5rem 0 0; }
.notes { margin: .4rem 0; padding-left: 1.2rem; font-size: .9rem; } .panel-notes { border-left: 4px solid var(--warm); }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); gap: .75rem; }
.pictures figure { margin: 0; min-width: 0; max-width: 22rem; } .pictures img { display: block; width: 100%; height: auto; border-radius: 4px; } .pictures img.small { image-rendering: pixelated; }
button.blink { margin-top: .6rem; }
.drawing { width: 100%; } .drawing svg { display: block; overflow: visible; }
svg text { fill: var(--quiet); font-size: 12px; } svg text.axis { fill: var(--ink); font-size: 13px; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .base { stroke: var(--quiet); stroke-width: 1; }
.s0 { --own: var(--s0); } .s1 { --own: var(--s1); } .s2 { --own: var(--s2); } .s3 { --own: var(--s3); } .s4 { --own: var(--s4); } .s5 { --own: var(--s5); }
svg .series { fill: none; stroke: var(--own); stroke-width: 2.25; stroke-linejoin: round; } svg .series.band { fill: var(--own); stroke: none; opacity: .22; } svg .series.dot { fill: var(--own); stroke: none; }
.mark { --own: var(--quiet); } .mark.answer { --own: var(--ink); }
svg .mark { stroke: var(--own); stroke-width: 1.5; stroke-dasharray: 5 4; } svg .mark.answer { stroke-width: 2.5; stroke-dasharray: none; } svg .mark.band { fill: var(--own); stroke: none; opacity: .12; } svg .mark.dot { fill: var(--own); stroke: var(--card); }
.keys { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .4rem; padding: 0; list-style: none; font-size: .85rem; }
.key::before { content: ""; display: inline-block; width: 1.1rem; border-top: 3px solid var(--own); vertical-align: middle; margin-right: .4rem; } .key.mark:not(.answer)::before { border-top-style: dashed; }
svg .visit { stroke: var(--s1); fill: var(--s1); stroke-width: 2; } svg .visit.less { stroke: var(--s0); fill: var(--s0); } svg .visit.chosen { stroke-width: 4; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; } .scroll { overflow-x: auto; }
th { text-align: left; font-weight: 600; } thead th { color: var(--quiet); font-size: .8rem; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } td.number, th.number { text-align: right; white-space: nowrap; } thead th.number { white-space: normal; }
tbody th { font-weight: 400; } th details { margin: 0; font-size: .85rem; color: var(--quiet); max-width: 34rem; }
.panel-timeline .scroll { max-height: 26rem; overflow: auto; } td.date { white-space: nowrap; } .events tbody tr:hover, .events tbody tr:focus { background: var(--paper); }
.bars th, .bars td { border: 0; padding: .12rem .6rem .12rem 0; vertical-align: middle; } .bars th { width: 1%; white-space: nowrap; } .bars td.number { width: 1%; } .bars .greatest { font-weight: 650; } .bars .greatest th { font-weight: 650; }
.track { min-width: 5rem; } .bar { display: block; height: .8rem; border-radius: 2px; background: var(--s0); width: calc(100% * var(--share)); min-width: 1px; }
.signed .bar { width: calc(50% * var(--share)); margin-left: 50%; background: var(--s1); } .signed .bar.less { margin-left: calc(50% - 50% * var(--share)); background: var(--s0); }
.plain-answer th { width: 1%; white-space: nowrap; color: var(--quiet); } .plain-answer td { overflow-wrap: anywhere; }
.rows { max-height: 18rem; overflow: auto; border: 1px solid var(--line); border-radius: 8px; margin-bottom: 1rem; }
button.row { display: flex; gap: .75rem; width: 100%; border: 0; border-bottom: 1px solid var(--line); border-radius: 0; text-align: left; color: var(--ink); font-size: .9rem; } button.row[aria-pressed=true] { background: var(--card); font-weight: 600; } .row .place { color: var(--quiet); min-width: 3.5rem; } .row.failed { color: var(--warm); }
pre { margin: .5rem 0; padding: .75rem; background: var(--card); border-radius: 8px; overflow: auto; max-height: 24rem; }
.card { margin-top: 2.5rem; padding-top: .5rem; border-top: 1px solid var(--line); }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; margin: .75rem 0; font-size: .9rem; } .facts div { display: flex; gap: .4rem; } .facts dd { margin: 0; }
svg.interval .range { stroke: var(--s0); stroke-width: 5; stroke-linecap: round; opacity: .4; } svg.interval .value { fill: var(--s0); } svg.interval .paper { fill: var(--s1); } svg.interval .exact { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
@media (max-width: 56rem) { .work { grid-template-columns: minmax(0, 1fr); gap: 0; } .answers { min-height: 20rem; } }
@media (max-width: 40rem) {
  body { padding: 0 .9rem 3rem; } h2 { font-size: 1.35rem; } .top nav { flex-wrap: nowrap; overflow-x: auto; width: 100%; } .top nav a { white-space: nowrap; } .top nav.more { margin-left: 0; width: auto; }
  .figures thead, .data thead { display: none; } .figures tr, .data tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); } .figures th, .figures td, .data th, .data td { border: 0; padding: 0; } .figures tbody th, .data tbody th { flex-basis: 100%; }
  .figures td:empty { display: none; } .figures td[data-name]:not([data-name=value]):not(:empty)::before, .data td[data-name]:not([data-name=source])::before { content: attr(data-name) " "; color: var(--quiet); }
  .bars th { white-space: normal; width: 38%; }
}
`;
