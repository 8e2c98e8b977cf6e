// The page in a real browser: every domain is asked by its examples, files are dropped, and what a person sees is looked at.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../../domains/registry.ts';
import { startTestServer, type TestServer } from '../harness.ts';
import { makeTinyRuns } from '../tiny-runs.ts';
import { hasBrowser, launch, openPage } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-page-'));
const worker = new URL('../../../server/worker/main', import.meta.url);
const key = 'a-key-for-the-page-1234';

describe.skipIf(!hasBrowser)('the page', () => {
  let server: TestServer;
  let keyed: TestServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    const named = await makeTinyRuns(folder, ['prepare', 'train', 'evaluate']);
    const settings = { workers: 1 };
    server = await startTestServer({ named, worker, settings });
    keyed = await startTestServer({
      named: named.slice(0, 1),
      worker,
      settings: { ...settings, apiKeys: [key] },
    });
    browser = await launch();
    ({ page, complaints } = await openPage(browser));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await keyed?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Shows a model anew, without what was answered before. */
  const show = async (name: string): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(`${server.running.url}/#${name}`);
    await page.waitForSelector(`nav a[aria-current][href="#${name}"]`);
    await page.waitForSelector('section.ask');
  };
  /** Waits for the answer, or fails with what the page says in place of it. */
  const answered = async (): Promise<void> => {
    await page.waitForSelector('.answer, #message:not(:empty)');
    expect(await page.textContent('#message')).toBe('');
  };
  const askExample = async (number = 0): Promise<string> => {
    await page.locator('button.example').nth(number).click();
    await answered();
    return (await page.textContent('.headline')) ?? '';
  };
  const titles = () => page.locator('.panel h4').allTextContents();

  it('opens at the first model, with its card: paper, figures with intervals, training data', async () => {
    await page.goto(server.running.url);
    await page.waitForSelector('section.card');
    const models = await page.locator('#models a').allTextContents();
    expect(models).toEqual(expect.arrayContaining(['digits', 'galaxies', 'heart failure']));
    expect(models).toHaveLength(registry.length);
    await show('phases-of-matter');
    const card = (await page.textContent('section.card')) ?? '';
    expect(card).toContain('doi:10.1038/nphys4035');
    expect(card).toContain('accuracy, L = 10');
    expect(card).toMatch(/\d to \d/);
    expect(card).toContain('sampled by Wolff clusters');
    expect(await page.title()).toContain('phases of matter');
  });

  it('shows a lattice, and its phase on the temperature axis', async () => {
    await show('phases-of-matter');
    expect(await askExample()).toMatch(/P\(ordered\) = 0\.\d{3}/);
    expect(await titles()).toEqual(['The lattice', 'Probability of the ordered phase']);
    const spins = page.locator('.pictures img');
    // The PNG has arrived and was decoded: 24 px for each of the 10 spins across.
    expect(await spins.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(240);
    await page.waitForSelector('.drawing path.series', { state: 'attached' });
    expect(await page.locator('.keys li').allTextContents()).toEqual([
      'L = 10',
      'exact Tc = 2.269',
      expect.stringMatching(/^this lattice: 0\.\d{3}$/),
    ]);
    // Its temperature, given by the form: the lattice becomes a point.
    await page.click('details.item > summary');
    await page.getByRole('spinbutton', { name: 'temperature' }).fill('2.3');
    await page.click('button[type=submit]:visible');
    await page.waitForSelector('.drawing circle.mark.answer', { state: 'attached' });
  });

  it('shows a collision on the histograms of background and signal', async () => {
    await show('exotic-particles');
    expect(await askExample(1)).toMatch(/^P\(signal\) = /);
    await page.waitForSelector('.drawing line.mark.answer', { state: 'attached' });
    expect(await page.locator('.drawing path.series').count()).toBe(2);
    // Every feature has a field of its own.
    await page.click('details.item > summary');
    expect(await page.locator('.grid input').count()).toBe(28);
    await page.getByLabel('m_wwbb').fill('');
    await page.click('button[type=submit]:visible');
    await page.waitForSelector('.answers:not([aria-busy])');
    expect(await page.textContent('#message')).toBe('');
  });

  it('shows a table of collisions as their own histogram, row by row', async () => {
    await show('exotic-particles');
    const { json } = await server.ask('/api/domains/exotic-particles');
    const [{ features }] = json.examples;
    const row = Object.values(features).join(',');
    const table = `${Object.keys(features).join(',')}\n${row}\n${row.replace(/^[^,]*/, 'x')}\n`;
    await page.setInputFiles('#file', {
      name: 'events.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(table),
    });
    await page.waitForSelector('.rows');
    expect(await page.textContent('.headline')).toBe('2 answers, 1 of them failed');
    expect(await page.locator('.keys li').allTextContents()).toContain('1 events of the table');
    expect(await page.locator('.row.failed').textContent()).toContain('lepton_pT');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.downloads button', { hasText: /^\.csv$/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('events.answer.csv');
  });

  it('shows a galaxy before, after and what was taken away, and blinks', async () => {
    await show('galaxies');
    expect(await askExample()).toBe('16 x 16 px restored');
    expect(await page.locator('.pictures figcaption').allTextContents()).toEqual([
      'as it came',
      'restored',
      'residual',
    ]);
    const first = page.locator('.pictures figcaption').first();
    await page.click('button.blink');
    expect(await page.getAttribute('button.blink', 'aria-pressed')).toBe('true');
    expect(await first.textContent()).toBe('restored');
    await page.click('button.blink');
    expect(await first.textContent()).toBe('as it came');
  });

  it('restores a picture that is sent, with the options of the form', async () => {
    await show('galaxies');
    await page.getByText('Options for files').click();
    await page.getByLabel('fwhm', { exact: true }).first().fill('1.4');
    await page.getByLabel('sigma').fill('0.02');
    const buffer = await sharp({ create: { width: 48, height: 48, channels: 3, background: '#333' } })
      .png()
      .toBuffer();
    await page.setInputFiles('#file', { name: 'sky.png', mimeType: 'image/png', buffer });
    await answered();
    expect(await page.textContent('.headline')).toContain('blur as given, blur of 1.40" undone');
    expect(await page.locator('.pictures img').count()).toBe(3);
  });

  it('shows a patient in time, with what each visit and code adds, and the notice', async () => {
    await show('heart-failure');
    expect(await askExample()).toMatch(/^risk /);
    expect(await titles()).toEqual(['Before it is believed', 'Risk', 'Visits', 'Codes that matter most']);
    expect(await page.textContent('.panel-notes')).toContain('no medical device');
    await page.waitForSelector('.drawing circle.visit', { state: 'attached' });
    const visits = page.locator('table.events tbody tr');
    expect(await page.locator('.drawing circle.visit').count()).toBe(await visits.count());
    await visits.nth(2).focus();
    expect(await page.locator('.drawing circle.chosen').count()).toBe(1);
  });

  it('shows a digit with its reconstruction and the probability of each class', async () => {
    await show('digits');
    expect(await askExample()).toContain('reconstruction error');
    expect(await page.locator('.pictures figcaption').allTextContents()).toEqual([
      'image',
      'reconstruction',
      'difference',
    ]);
    expect(await page.locator('.bars tr').count()).toBe(10);
  });

  it('tells a mistake in one line, and keeps what was asked', async () => {
    await show('digits');
    await page.setInputFiles('#file', {
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('x'),
    });
    await page.waitForSelector('#message:not(:empty)');
    expect(await page.textContent('#message')).toContain('"notes.txt" has no ending that is known');
    await page.click('details.item > summary');
    await page.getByLabel('as JSON', { exact: true }).check();
    await page.fill('#json', '{"pixels": [');
    await page.click('button[type=submit]:visible');
    expect(await page.textContent('#message')).toMatch(/JSON/);
    expect(await page.inputValue('#json')).toBe('{"pixels": [');
    complaints.length = 0; // The browser reports the answer 415 by itself.
  });

  it('works from the keyboard alone', async () => {
    await show('phases-of-matter');
    await page.focus('#version');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('example');
    await page.keyboard.press('Enter');
    await answered();
  });

  it('fits on a phone, in the dark', async () => {
    const phone = await openPage(browser, { viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    for (const name of ['heart-failure', 'exotic-particles']) {
      await phone.page.goto(`${server.running.url}/#${name}`);
      await phone.page.waitForSelector(`nav a[aria-current][href="#${name}"]`);
      await phone.page.locator('button.example').first().click();
      await phone.page.waitForSelector('.drawing svg *', { state: 'attached' });
      expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    const dark = 'getComputedStyle(document.body).backgroundColor';
    expect(await phone.page.evaluate(dark)).toBe('rgb(20, 23, 27)');
    expect(phone.complaints).toEqual([]);
    await phone.page.close();
  });

  it('asks for a key where the server wants one', async () => {
    const { page: other } = await openPage(browser);
    await other.goto(keyed.running.url);
    await other.waitForSelector('#key:not([hidden])');
    expect(await other.textContent('#message')).toContain('no valid key');
    await other.fill('#key-value', key);
    await other.keyboard.press('Enter');
    await other.waitForSelector('section.card');
    await other.locator('button.example').first().click();
    await other.waitForSelector('.answer');
    expect(await other.isVisible('#key')).toBe(false);
    await other.close();
  });

  it('has asked nothing of anybody else, and nothing was wrong in its console', () => {
    expect(complaints).toEqual([]);
  });
});
