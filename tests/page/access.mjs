// access.mjs: that everybody can use the page: WCAG AA as axe judges it, every stop of the keyboard, narrow and enlarged pages,
// forced colours, little motion, and no script at all.
import { readFileSync } from 'node:fs';
import { claim, on, require } from './browser.mjs';
import { columnsOf, sorted, writtenOf } from './result.mjs';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// As much of the page as can be open is: definitions, and a practice marked.
async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));
  await page.locator('#choose').selectOption({ index: 1 });
}

// Indicators are alike: axe, which takes its time, is given the first three unless all are asked for.
async function judge({ file }, { all = false, ...options }) {
  return on(file, options, async (page) => {
    await openAll(page);
    if (!all) await page.evaluate(() => document.querySelectorAll('section.indicator:nth-of-type(n+4)').forEach((section) => section.remove()));
    await page.evaluate(axe);
    const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), tags);
    return violations.map((each) => `${each.id}: ${each.nodes.length} times, as ${each.nodes[0].html}`);
  });
}

export async function judging(pages) {
  await claim('axe finds nothing in the whole page', () => judge(pages.treatment, { all: true }));
  for (const [language, page] of [['Danish', pages.treatment], ['English', pages.english]])
    for (const colorScheme of ['light', 'dark'])
      for (const [size, options] of [['at 1280 px', {}], ['at 360 px', { width: 360 }], ['at 200 %', { width: 640, height: 450 }]])
        await claim(`nor in ${language}, ${colorScheme}, ${size}`, () => judge(page, { colorScheme, ...options }));
  for (const name of ['followup', 'one', 'many', 'none', 'unknown', 'long', 'hidden', 'kinds'])
    await claim(`nor in the page "${name}"`, () => judge(pages[name], { width: name === 'many' ? 1280 : 360 }));
}

// A page of 640 px is one of 1280 px enlarged to 200 %; one of 320 px, to 400 %.
const measureWidth = (page) => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
async function tooWide({ file }) {
  return on(file, {}, async (page) => {
    const wrong = [];
    await openAll(page);
    for (const width of [320, 360, 640, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const [has, room] = await measureWidth(page);
      if (has > room) wrong.push(`${has} px in ${room}`);
    }
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const [has, room] = await measureWidth(page);
    return has > room ? [...wrong, `${has} px in ${room} where letters are twice as large`] : wrong;
  });
}

export async function fitting(pages) {
  for (const [name, page] of Object.entries(pages))
    await claim(`the page "${name}" is no wider than 320, 360, 640 and 1280 px, nor with letters twice as large`, () => tooWide(page));
  await claim('letters of a chart are as large at 360 px as at 1280 px', async () => {
    const measure = (page) => page.evaluate(() => [...document.querySelectorAll('.chart text')].map((text) => text.getBoundingClientRect().height));
    const narrow = await on(pages.treatment.file, { width: 360 }, measure), wide = await on(pages.treatment.file, {}, measure);
    return narrow.length ? narrow.filter((height, i) => height !== wide[i] || height < 12) : ['there are none'];
  });
}

// ── the keyboard ──

// What the focus is on: whether it can be seen, and whether anything lies over it.
const lookAtFocus = (key) => {
  const element = document.activeElement;
  if (element === document.body) return null;
  if (element.dataset.stops?.includes(key)) return { isAgain: true };
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), y = Math.max(box.y, 0) + Math.min(box.height, innerHeight) / 2;
  const top = document.elementFromPoint(x, Math.min(y, innerHeight - 1));
  element.dataset.stops = (element.dataset.stops ?? '') + key;
  return {
    what: `${element.tagName} ${element.textContent.trim().slice(0, 30)}`,
    isOutlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    isClear: top !== null && (element.contains(top) || top.contains(element)),
  };
};

// Presses a key until the focus has left the page, or is where it was; what is wrong on the way.
async function go(page, key) {
  const wrong = [];
  for (let n = 0; n < 1000; n++) {
    await page.keyboard.press(key);
    const found = await page.evaluate(lookAtFocus, `${key} `);
    if (!found || found.isAgain) break;
    if (!found.isOutlined) wrong.push(`${key}: ${found.what} does not show its focus`);
    if (!found.isClear) wrong.push(`${key}: ${found.what} is covered`);
  }
  return wrong;
}

async function walk({ file }, options) {
  return on(file, options, async (page) => {
    const wrong = [...await go(page, 'Tab'), ...await go(page, 'Shift+Tab')];
    const missed = await page.evaluate(() => [...document.querySelectorAll('a[href],button,select,summary,[tabindex="0"]')]
      .filter((element) => element.dataset.stops !== 'Tab Shift+Tab ').map((element) => `${element.outerHTML.slice(0, 80)}: ${element.dataset.stops}`));
    const unreached = await page.evaluate(() => [...document.querySelectorAll('.scroll')]
      .filter((place) => place.scrollWidth > place.clientWidth && !place.dataset.stops).map(() => 'a table that is too wide cannot be moved'));
    return [...wrong, ...missed, ...unreached];
  });
}

export async function walking(pages) {
  await claim('the keyboard comes to everything once, there and back, and where it is can be seen', () => walk(pages.treatment, {}));
  await claim('so it does on a narrow page, in the dark', () => walk(pages.english, { width: 360, height: 640, colorScheme: 'dark' }));
  await claim('so it does in forced colours', () => walk(pages.hidden, { forcedColors: 'active' }));
  await claim('so it does with long names', () => walk(pages.long, { width: 360, height: 640 }));
}

// ── drawings, in any colours ──

// The contrast of each kind of drawing with the paper behind it (WCAG 2.2, 1.4.11).
const contrasts = () => {
  const numbers = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map((each) => { const part = each / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
  const light = (colour) => { const [r, g, b] = numbers(colour); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = light(getComputedStyle(document.body).backgroundColor), tint = light(getComputedStyle(document.querySelector('.rows .chosen')).backgroundColor);
  const against = (colour, ground) => (Math.max(light(colour), ground) + 0.05) / (Math.min(light(colour), ground) + 0.05);
  const wrong = [];
  for (const [kind, property, ground] of [['.dot', 'stroke', paper], ['.interval', 'stroke', paper], ['.cluster', 'stroke', paper], ['.aim', 'stroke', paper], ['.chosen .dot', 'stroke', tint], ['.chosen .interval', 'stroke', tint]]) {
    const contrast = against(getComputedStyle(document.querySelector(`.rows ${kind}`))[property], ground);
    if (contrast < 3) wrong.push(`${kind} has a contrast of ${contrast.toFixed(2)}`);
  }
  return wrong;
};

async function looksAt({ file }, options) {
  return on(file, options, async (page) => { await openAll(page); return page.evaluate(contrasts); });
}

async function forced({ file }) {
  return on(file, { forcedColors: 'active' }, (page) => page.evaluate(() => {
    const colour = (kind, property) => getComputedStyle(document.querySelector(kind))[property], ink = getComputedStyle(document.body).color;
    return ['.dot', '.interval', '.cluster', '.aim'].filter((kind) => colour(`.rows ${kind}`, 'stroke') !== ink).map((kind) => `${kind} is not in the system's colour`);
  }));
}

async function moves({ file }) {
  const said = await on(file, {}, async (page) => {
    const how = () => page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), little = await how();
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    return [little, await how()];
  });
  return said.join() === 'auto,smooth' ? [] : said;
}

// ── no script ──

async function withoutScript({ file, pack }) {
  return on(file, { javaScriptEnabled: false }, async (page) => {
    const wrong = [], sections = page.locator('section.indicator');
    for (const [i, indicator] of pack.indicators.entries()) {
      const rows = await sections.nth(i).locator('table.figures tbody').first().locator('tr').allInnerTexts();
      const drawn = await sections.nth(i).locator('.rows li').allTextContents();
      const order = sorted(pack.practices, columnsOf(pack, i)[0][1], false);
      for (const [at, name] of pack.practices.entries()) {
        const of = writtenOf(pack, indicator, indicator.practices[at]);
        if (!rows[at].startsWith(name) || !rows[at].includes(of)) wrong.push(`${i} ${name}: the table says ${rows[at]}`);
        if (!drawn[order.indexOf(name)].includes(of)) wrong.push(`${i} ${name}: the chart says ${drawn[order.indexOf(name)]}`);
      }
    }
    if (await page.locator('#choose').isVisible() || await page.locator('button').count()) wrong.push('there is something that does nothing');
    await page.locator('summary').first().click();
    if (!await page.locator('dt').first().isVisible()) wrong.push('a definition does not open');
    return wrong;
  });
}

export async function seeing(pages) {
  for (const colorScheme of ['light', 'dark'])
    await claim(`drawings stand out from the paper, ${colorScheme}`, () => looksAt(pages.hidden, { colorScheme }));
  await claim('in forced colours drawings are in the system\'s', () => forced(pages.hidden));
  await claim('nothing moves by itself where little motion is asked for', () => moves(pages.treatment));
  await claim('without a script all figures are there, and nothing that needs one', () => withoutScript(pages.treatment));
}
