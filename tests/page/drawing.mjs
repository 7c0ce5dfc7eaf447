// drawing.mjs: that a dot lies where its figure is on the axis, worked out from where the letters of the axis stand.
import { claim, on } from './browser.mjs';

// Of each chart: the axis as letters and places, and of each row the places of dot and interval.
const measure = () => [...document.querySelectorAll('.chart')].map((chart) => {
  const middle = (element) => { const box = element.getBoundingClientRect(); return box.x + box.width / 2; };
  return {
    axis: [...chart.querySelectorAll('.axis text')].map((text) => [text.textContent, middle(text)]),
    rows: [...chart.querySelectorAll('.rows li')].map((row) => {
      const dot = row.querySelector('.dot'), interval = row.querySelector('.interval')?.getBoundingClientRect();
      return { name: row.dataset.practice, dot: dot && middle(dot), from: interval?.left, to: interval?.right };
    }),
  };
});

const numberOf = (text, danish) => Number((danish ? text.replace(/\./g, '').replace(',', '.') : text.replace(/,/g, '')).replace('−', '-').replace(/\s*%/, ''));

function wrongPlaces(pack, indicator, chart) {
  const wrong = [], ticks = chart.axis.map(([text, place]) => [numberOf(text, pack.danish), place]), by = indicator.kind === 'share' ? 100 : 1;
  const [low, from] = ticks[0], [high, to] = ticks.at(-1), perPixel = (high - low) / (to - from);
  if (chart.axis.some(([text]) => text.replace(/[^0-9]/g, '').length > 4)) wrong.push(`the axis is not round: ${chart.axis.map(([text]) => text)}`);
  ticks.forEach(([number, place], i) => { if (Math.abs(low + (place - from) * perPixel - number) > perPixel || (i && number <= ticks[i - 1][0])) wrong.push(`${number} stands in the wrong place`); });
  for (const row of chart.rows) {
    const figure = indicator.practices[pack.practices.indexOf(row.name)];
    for (const [what, place] of [['value', row.dot], ['low', row.from], ['high', row.to]]) {
      if (figure[what] === null ? place !== undefined && place !== null : Math.abs(low + (place - from) * perPixel - figure[what] * by) > 1.5 * perPixel)
        wrong.push(`${indicator.indicator} ${row.name}: ${what} ${figure[what]} is drawn at ${low + (place - from) * perPixel}`);
    }
  }
  return wrong;
}

async function tryPlaces({ file, pack }) {
  const charts = await on(file, {}, (page) => page.evaluate(measure));
  const shown = pack.indicators.filter((indicator) => indicator.practices.some((figure) => figure.value !== null));
  if (charts.length !== shown.length) return [`${charts.length} charts of ${shown.length} indicators`];
  return charts.flatMap((chart, i) => wrongPlaces(pack, shown[i], chart));
}

export async function drawing(pages) {
  for (const name of ['treatment', 'english', 'followup', 'one', 'many', 'none', 'unknown', 'long', 'hidden', 'kinds'])
    await claim(`dots and intervals lie on a round axis where their figures are: ${name}`, () => tryPlaces(pages[name]));
}
