// A real browser: Debian's chromium, driven by playwright-core. DEEPFIELD_CHROMIUM names another one; without any, the tests that
// want one are skipped.
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env.DEEPFIELD_CHROMIUM ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(executablePath);

/** The sandbox of chromium refuses to run as root, as tests in containers do. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** A page, and every complaint of its console and scripts. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) complaints.push(`asks ${request.url()}`);
  });
  return { page, complaints };
}
