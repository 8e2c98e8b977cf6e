// The shell of every page that is written: one file that needs no network, no script and no other file, in the house's style.
import { type Html, html, Html as Markup } from './html.ts';
import { reportStyle } from './report-style.ts';

/** The page as text. @param body what stands between `<body>` and its end */
export const htmlPage = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="deepfield">
<title>${title}</title>
<style>${new Markup(reportStyle)}</style></head>
<body>
${body}
</body></html>
`.text;
