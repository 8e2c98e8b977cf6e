import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPlot } from '../../../pipelines/report/render-plot.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';

let leave: () => void;
let page: string;
let card: string;
beforeAll(async () => {
  ({ leave } = enterEmptyFolder());
  await deepfield([
    'run',
    'noisy-line',
    '--seed',
    '3',
    '--set',
    'samples=50',
    '--set',
    'abscissae=normal',
    '--out',
    'r',
  ]);
  page = readFileSync('r/report.html', 'utf8');
  card = readFileSync('r/model-card.md', 'utf8');
});
afterAll(() => leave());

describe('report.html', () => {
  it('is one file that needs nothing else: no script, no font, no picture from elsewhere', () => {
    expect(page).not.toMatch(/<script|<link|<iframe|@import|url\((?!#)/);
    for (const [, source] of page.matchAll(/\bsrc="([^"]*)/g)) expect(source).toMatch(/^data:/);
    for (const [, target] of page.matchAll(/\bhref="([^"]*)/g)) {
      expect(target).toMatch(/^(https:\/\/(doi|arxiv)\.org\/|#)/);
    }
  });

  it('escapes what the domain says', () => {
    expect(page).toContain('Smaller is &lt;better&gt;.');
    expect(page).toContain('points &lt;made&gt; &amp; &quot;drawn&quot;');
    expect(page).toContain('All errors are near the noise &amp; nothing else.');
    expect(page).toContain('<td>a &lt;steep&gt; one</td><td class="number">0.01</td>');
  });

  it('holds the figures, the plots, the training curves, the data, settings and machine', () => {
    expect(page).toContain('RMS error of line2');
    expect(page).toContain('0.02 ± 0.001');
    expect(page.match(/<svg role="img"/g)).toHaveLength(2);
    expect(page).toContain('Training: loss');
    expect(page).toMatch(/sha256 <code>[0-9a-f]{16}</);
    expect(page).toContain('# standard deviation of y\nnoise: 0.01');
    expect(page).toContain(process.version);
  });

  it('tells the command that makes the run again, with what differs from the preset', () => {
    expect(page).toContain(
      'npx deepfield run noisy-line --preset quick --seed 3 --set samples=50 --set abscissae=normal<',
    );
  });

  it('closes every element that it opens', () => {
    const body = page.replace(/<style>[\s\S]*?<\/style>/, '');
    const open: string[] = [];
    for (const [, closing, name, rest] of body.matchAll(/<(\/?)([a-zA-Z0-9]+)([^>]*)>/g)) {
      if (/^(meta|img|br|link)$/.test(name) || rest.endsWith('/')) continue;
      if (closing === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('uses every id once', () => {
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('model-card.md', () => {
  it('says what the networks are, what they learned from, how good they are and how to call them', () => {
    for (const heading of ['Networks', 'Use', 'Training data', 'Evaluation', 'Limits', 'Reproduction']) {
      expect(card).toContain(`\n## ${heading}\n`);
    }
    expect(card).toContain('- `models/line2.onnx`,');
    expect(card).toMatch(
      /\| RMS error of line2 \(y\) \| \d\.\d+ \| \\\[\d\.\d+, \d\.\d+\\\] \| 0\.95 \| 0\.02 ± 0\.001 \| 0\.01 \|/,
    );
    expect(card).toContain('Smaller is \\<better\\>.');
  });
});

describe('renderPlot', () => {
  const data = { values: [{ x: 0, y: 1 }] };
  const encoding = { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } };

  it("draws in the page's own ink and makes ids unique", async () => {
    const { text } = await renderPlot('one', { data, mark: { type: 'point', clip: true }, encoding });
    expect(text).toMatch(/^<svg role="img" /);
    expect(text).toContain('currentColor');
    for (const [, id] of text.matchAll(/ id="([^"]+)"/g)) expect(id).toMatch(/^one-/);
    for (const [, id] of text.matchAll(/url\(#([^)]+)\)/g)) expect(id).toMatch(/^one-/);
  });

  it('draws the same plot in the same bytes', async () => {
    const once = await renderPlot('a', { data, mark: 'line', encoding });
    expect((await renderPlot('a', { data, mark: 'line', encoding })).text).toBe(once.text);
  });

  it('loads nothing', async () => {
    const elsewhere = { data: { url: 'https://example.org/x.csv' }, mark: 'line', encoding };
    await expect(renderPlot('a', elsewhere)).rejects.toThrow('plot a: expected its data inside, got a URL');
  });
});
