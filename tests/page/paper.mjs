// paper.mjs: the page on paper: A4, each chart whole under its heading, and nothing that only a screen can use.
import { execFileSync } from 'node:child_process';
import { claim, on } from './browser.mjs';

const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
// The pages of a PDF as texts.
const read = (pdf) => execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', timeout: 20000 }).split('\f').slice(0, -1);

// What must stand together: heading, first words, a row for each practice and the signs below.
const partsOf = () => [...document.querySelectorAll('section.indicator')].filter((section) => section.querySelector('.chart')).map((section) => ({
  heading: section.querySelector('h2').textContent, first: section.querySelector('.first span').textContent,
  rows: [...section.querySelectorAll('.rows li')].map((row) => row.querySelector('.value').textContent),
  last: section.querySelector('.signs li:last-child').textContent,
}));

function wrongParts(parts, pages) {
  return parts.flatMap(({ heading, first, rows, last }) => {
    const places = pages.map((_, i) => i).filter((i) => squeeze(pages[i]).startsWith(squeeze(`${heading} ${first}`)));
    if (places.length !== 1) return [`${heading} begins ${places.length} pages`];
    const text = squeeze(pages[places[0]]), chart = text.slice(text.indexOf(squeeze(first)));
    const n = rows.filter((value) => chart.includes(squeeze(value))).length;
    return n === rows.length && chart.includes(squeeze(last)) ? [] : [`${heading}: ${n} of ${rows.length} rows, ${chart.includes(squeeze(last)) ? '' : 'no'} end`];
  });
}

async function printed({ file, pack }, options = {}) {
  return on(file, options, async (page) => {
    const pdf = `${file}.pdf`, parts = await page.evaluate(partsOf);
    const bytes = (await page.pdf({ path: pdf, preferCSSPageSize: true })).toString('latin1');
    const sizes = [...bytes.matchAll(/\/MediaBox \[([^\]]*)\]/g)].map((found) => found[1].split(' ').map((each) => Math.round(Number(each))).join(' '));
    const wrong = sizes.filter((size) => !/^0 0 59[56] 84[23]$/.test(size)).map((size) => `a page measures ${size}`), pages = read(pdf);
    if (sizes.length !== pages.length) wrong.push(`${sizes.length} sizes of ${pages.length} pages`);
    if (parts.some(({ rows }) => rows.length !== pack.practices.length)) wrong.push('a practice is missing');
    if (/Fremhæv|Mark a practice|[↕↑↓]/.test(pages.join(' '))) wrong.push('a button is printed');
    const definitions = await page.locator('dt').allTextContents();
    for (const text of definitions) if (!squeeze(pages.join(' ')).includes(text)) wrong.push(`the definition "${text}" is not printed`);
    if (await page.locator('details[open]').count()) wrong.push('definitions stay open after printing');
    return [...wrong, ...wrongParts(parts, pages)];
  });
}

async function onScreenAgain({ file }) {
  return on(file, {}, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const shown = await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor, bar: document.querySelector('.bar').checkVisibility(),
      edges: [...document.querySelectorAll('th button')].filter((button) => getComputedStyle(button).borderStyle !== 'none').length,
    }));
    return shown.paper === 'rgb(255, 255, 255)' && !shown.bar && !shown.edges ? [] : [JSON.stringify(shown)];
  });
}

export async function printing(pages) {
  for (const name of ['treatment', 'english', 'followup', 'one', 'many', 'none', 'unknown', 'long', 'hidden', 'kinds'])
    await claim(`on A4 each chart is whole on the page of its heading: ${name}`, () => printed(pages[name]));
  await claim('without a script too', () => printed(pages.treatment, { javaScriptEnabled: false }));
  await claim('paper is light and without buttons, however dark the screen', () => onScreenAgain(pages.treatment));
}
