// The page at /: a frame that its scripts fill from /api. It holds nothing of any run, so that it needs no key, and loads nothing from
// elsewhere, so that it works offline.
import { html } from '../../pipelines/report/html.ts';

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='%230072b2'/><path d='M3 11q3-8 5-4t5-2' fill='none' stroke='white' stroke-width='2'/></svg>";

export const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>deepfield</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/page/style.css">
<script type="module" src="/page/main.js"></script>
</head>
<body>
<header class="top">
<h1><a href="/">deepfield</a></h1>
<nav id="models" aria-label="Models"></nav>
<nav class="more" aria-label="Interface"><a href="/docs">HTTP interface</a></nav>
</header>
<form id="key" hidden>
<label for="key-value">This server asks for a key</label>
<input id="key-value" type="password" autocomplete="off">
<button type="submit">Use it</button>
</form>
<p id="message" role="alert"></p>
<main id="main"><noscript>This page is drawn by its scripts; without them, see <a href="/docs">/docs</a>.</noscript></main>
</body>
</html>
`.text;
