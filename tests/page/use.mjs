// use.mjs: what a person does with the page, by pointer and by keyboard alone: sorts, marks a practice, points at one.
import { claim, on } from './browser.mjs';
import { columnsOf, sorted, writtenOf } from './result.mjs';

// ── sorting ──

const tableOf = (page, i, place) => page.locator('section.indicator').nth(i).locator('table.sort').nth(place);
const stateOf = (table) => table.evaluate((element) => ({
  sort: [...element.tHead.rows[0].cells].map((head) => head.getAttribute('aria-sort') ?? '-'),
  labels: [...element.tBodies[0].rows].map((row) => row.cells[0].textContent),
}));

async function tryColumn(page, pack, table, columns, column, press) {
  const button = table.locator('thead th').nth(column).locator('button'), wrong = [];
  const ways = (await stateOf(table)).sort[column] === 'ascending' ? ['descending', 'ascending'] : ['ascending', 'descending'];
  for (const way of ways) {
    await press(page, button);
    const { sort, labels } = await stateOf(table), want = columns.map((_, i) => (i === column ? way : '-'));
    if (sort.join() !== want.join()) wrong.push(`column ${column}: aria-sort is ${sort}, not ${want}`);
    const right = sorted(pack.practices, columns[column], way === 'descending');
    if (labels.join('|') !== right.join('|')) wrong.push(`column ${column} ${way}: ${labels.slice(0, 12).join(' ')}, not ${right.slice(0, 12).join(' ')}`);
  }
  return wrong;
}

async function trySorting({ file, pack }, indicators, press) {
  return on(file, {}, async (page) => {
    const wrong = [];
    for (const i of indicators)
      for (const [place, columns] of columnsOf(pack, i).entries()) {
        const table = tableOf(page, i, place), n = await table.locator('thead th').count();
        if (n !== columns.length) wrong.push(`${n} columns, not ${columns.length}`);
        for (let column = 0; column < n; column++) wrong.push(...await tryColumn(page, pack, table, columns, column, press));
        const last = await table.locator('tr.all').evaluate((row) => row.closest('tbody') === row.closest('table').tBodies[1]);
        if (!last) wrong.push('the cluster is not last');
      }
    return wrong;
  });
}
const byPointer = (page, button) => button.click();
const byKeyboard = async (page, button) => { await button.focus(); await page.keyboard.press('Enter'); };
const bySpace = async (page, button) => { await button.focus(); await page.keyboard.press('Space'); };

export async function sorting(pages) {
  await claim('every column sorts both ways by pointer, as the result has it', () => trySorting(pages.treatment, [0], byPointer));
  await claim('and by keyboard', () => trySorting(pages.followup, [1], byKeyboard));
  await claim('unknown and hidden figures are last both ways', () => trySorting(pages.hidden, [0], bySpace));
  await claim('where nothing is known the order of practices stays', () => trySorting(pages.unknown, [0], byPointer));
  await claim('sixty practices are sorted', () => trySorting(pages.many, [0], byPointer));
}

// ── marking a practice ──

// What is wrong where `name` should be marked and nothing else; '' for none.
async function wrongMarks(page, pack, name) {
  const state = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('[data-practice]')], marked = rows.filter((row) => row.classList.contains('chosen'));
    const bold = (row) => Number(getComputedStyle(row.cells ? row.cells[0] : row).fontWeight) >= 700;
    return {
      names: [...new Set(marked.map((row) => row.dataset.practice))], marked: marked.length,
      bold: rows.filter(bold).length, told: document.querySelectorAll('[aria-selected=true],[aria-current=true]').length,
      places: document.querySelectorAll('.rows,table.sort').length,
      choice: document.getElementById('choose').value, said: document.querySelector('[role=status]').textContent,
      own: [...document.querySelectorAll('td.own')].filter((cell) => cell.checkVisibility()).map((cell) => cell.textContent),
    };
  });
  const places = name === '' ? 0 : state.places, wrong = [];
  if (state.names.join() !== name) wrong.push(`marked: ${state.names}, not ${name}`);
  for (const what of ['marked', 'bold', 'told']) if (state[what] !== places) wrong.push(`${what} in ${state[what]} of ${places}`);
  if (state.choice !== name) wrong.push(`the choice says ${state.choice}`);
  if (name !== '' ? !state.said.includes(name) : !/^$|Ingen|No practice/.test(state.said)) wrong.push(`said is "${state.said}"`);
  const at = pack.practices.indexOf(name);
  const own = name === '' ? [] : pack.indicators.map((indicator) => writtenOf(pack, indicator, indicator.practices[at]));
  if (own.length !== state.own.length || own.some((text, i) => !state.own[i].endsWith(text))) wrong.push(`the overview says ${state.own}, not ${own}`);
  return wrong;
}
const rowOf = (page, name, i = 0) => page.locator('.rows').nth(i).locator(`li[data-practice="${name}"]`);

async function marksByPointer({ file, pack }) {
  return on(file, {}, async (page) => {
    const wrong = await wrongMarks(page, pack, '');
    await rowOf(page, 'D').click();
    wrong.push(...await wrongMarks(page, pack, 'D'));
    await rowOf(page, 'L', 3).locator('circle').click();
    wrong.push(...await wrongMarks(page, pack, 'L'));
    await rowOf(page, 'L').click();
    wrong.push(...await wrongMarks(page, pack, ''));
    await page.locator('#choose').selectOption('B');
    wrong.push(...await wrongMarks(page, pack, 'B'));
    await page.reload();
    return [...wrong, ...await wrongMarks(page, pack, '')];
  });
}

async function marksByKeyboard({ file, pack }) {
  return on(file, {}, async (page) => {
    const { keyboard } = page, wrong = [];
    const labels = sorted(pack.practices, columnsOf(pack, 0)[0][1], false);
    await page.locator('#choose').focus();
    await keyboard.press('C');
    wrong.push(...await wrongMarks(page, pack, 'C'));
    while (!await page.evaluate(() => document.activeElement.role === 'option')) await keyboard.press('Tab');
    for (const [key, label] of [['ArrowDown', labels[1]], ['End', labels.at(-1)], ['ArrowDown', labels.at(-1)], ['ArrowUp', labels.at(-2)], ['Home', labels[0]]]) {
      await keyboard.press(key);
      const at = await page.evaluate(() => document.activeElement.dataset.practice);
      if (at !== label) wrong.push(`${key} leads to ${at}, not ${label}`);
    }
    await keyboard.press('Enter');
    wrong.push(...await wrongMarks(page, pack, labels[0]));
    await keyboard.press('Space');
    return [...wrong, ...await wrongMarks(page, pack, '')];
  });
}

export async function marking(pages) {
  await claim('a practice is marked by pointer in every chart and table, told, and gone when the page is opened again', () => marksByPointer(pages.treatment));
  await claim('and by keyboard alone', () => marksByKeyboard(pages.english));
}

// ── what is told of a practice that is pointed at ──

// Whether a tip is to be seen, on top of all else.
const isShown = (tip) => tip.evaluate((element) => {
  const box = element.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === element;
});

async function tipsOf({ file, pack }, width) {
  return on(file, { width }, async (page) => {
    const wrong = [];
    for (const [at, name] of pack.practices.entries()) {
      const row = rowOf(page, name), tip = row.locator('.tip'), figure = pack.indicators[0].practices[at];
      const interval = figure.low === null ? '' : `${(figure.low * 100).toFixed(0)}–${(figure.high * 100).toFixed(0)}`;
      if (await isShown(tip)) wrong.push(`${name} shows its counts before it is pointed at`);
      await row.hover();
      const text = await tip.textContent();
      if (!await isShown(tip)) wrong.push(`${name} shows nothing when it is pointed at`);
      if (!text.startsWith(writtenOf(pack, pack.indicators[0], figure)) || !text.includes(interval)) wrong.push(`${name} says ${text}`);
      await tip.hover();
      if (!await isShown(tip)) wrong.push(`${name} cannot be pointed at`);
      await page.keyboard.press('Escape');
      if (await isShown(tip)) wrong.push(`${name} stays after Escape`);
      await page.mouse.move(0, 0);
    }
    return wrong;
  });
}

async function tipsByKeyboard({ file, pack }) {
  return on(file, {}, async (page) => {
    const wrong = [];
    await page.keyboard.press('Tab');
    while (!await page.evaluate(() => document.activeElement.role === 'option')) await page.keyboard.press('Tab');
    for (let i = 0; i < pack.practices.length; i++) {
      const tip = page.locator('.rows').first().locator('li').nth(i).locator('.tip');
      if (!await isShown(tip)) wrong.push(`row ${i} shows nothing`);
      await page.keyboard.press('ArrowDown');
      if (i + 1 < pack.practices.length && await isShown(tip)) wrong.push(`row ${i} shows what it should not`);
    }
    return wrong;
  });
}

export async function pointing(pages) {
  await claim('a practice that is pointed at tells n of N and its interval, until Escape', () => tipsOf(pages.treatment, 1280));
  await claim('so does one whose count is hidden, on a narrow page', () => tipsOf(pages.hidden, 360));
  await claim('so does one that the keyboard has come to', () => tipsByKeyboard(pages.english));
}
