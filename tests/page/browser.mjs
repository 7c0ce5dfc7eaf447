// browser.mjs: Chromium for the claims about the page: opened without a network, watched, and closed whatever happens.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

const CLAIM_SECONDS = 120, STEP_SECONDS = 20;
const [, , modules, chromiumPath, folderOfPages] = process.argv;
export const folder = folderOfPages;
export const require = createRequire(modules + '/');

// What any page has said or asked for that it should not: told at the end, by two claims.
export const complaints = [], requests = [];
let browser, shared;

export async function start() {
  const { chromium } = require('playwright-core');
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath: chromiumPath, args, timeout: 60000 });
}
export async function stop() {
  await Promise.race([browser?.close(), wait(5000, undefined, { ref: false })]);
}

async function newPage(options) {
  const context = await browser.newContext({ offline: true, ...options });
  context.setDefaultTimeout(STEP_SECONDS * 1000);
  const page = await context.newPage();
  const note = (list, text) => list.push(`${page.url()}: ${text}`);
  page.on('console', (message) => note(complaints, message.text()));
  page.on('pageerror', (error) => note(complaints, error.message));
  page.on('request', (request) => { if (!request.isNavigationRequest() || !request.url().startsWith('file:')) note(requests, request.url()); });
  return page;
}

// Opens a page for one purpose: { width, height, colorScheme, forcedColors, reducedMotion, javaScriptEnabled }. One window serves them
// all, one after the other; without scripts it is another.
export async function on(file, { width = 1280, height = 900, javaScriptEnabled = true, ...media }, does) {
  const page = javaScriptEnabled ? shared ??= await newPage({}) : await newPage({ javaScriptEnabled });
  try {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ media: null, colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce', ...media });
    await page.mouse.move(0, 0);
    await page.goto(pathToFileURL(file).href);
    return await does(page);
  } finally {
    if (page !== shared) await page.context().close();
  }
}

// A claim holds where `does` gives nothing, or an empty list; else what it gives, or the error, is told.
export async function claim(text, does) {
  const late = new AbortController();
  let found;
  try {
    found = await Promise.race([does(), wait(CLAIM_SECONDS * 1000, ['it took too long'], { signal: late.signal })]);
  } catch (error) {
    found = [error.message];
  }
  late.abort();
  // The window may be left in the middle of something: the next claim has one of its own.
  if (found?.length && shared) { await shared.context().close().catch(() => 0); shared = undefined; }
  for (const line of (found ?? []).slice(0, 8)) console.log(`# ${String(line).replace(/\s+/g, ' ').slice(0, 300)}`);
  console.log(`${found?.length ? 'not ok' : 'ok'} ${text}`);
}
