import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html } from '../../../pipelines/report/html.ts';

describe('html', () => {
  it('escapes what is put in, and nothing that is HTML already', () => {
    const inner = html`<b>${'<&>'}</b>`;
    expect(html`<p title="${'"'}">${inner}${[1, inner]}${undefined}${false}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;</b>1<b>&lt;&amp;&gt;</b></p>',
    );
  });

  it('lets no character of any text out of an attribute or an element', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });
});
