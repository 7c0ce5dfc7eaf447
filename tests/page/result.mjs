// result.mjs: what a page must say, worked out from the result it was made of and from nothing of the page.
import { readFileSync } from 'node:fs';

// A pack of a result in its first cluster: practices (their labels) and indicators with their figures.
export function readPack(file, name) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const pack = result.packs.find((each) => !name || each.pack === name), cluster = pack.clusters[0];
  const indicators = pack.indicators.map((indicator, i) => ({ ...indicator, ...cluster.figures[i] }));
  return { danish: result.language === 'da', practices: cluster.practices.map((each) => each.practice), indicators };
}

const isNumber = (value) => (typeof value === 'number' ? value : NaN);

// Of fewer than ten patients a figure is told, but no change of it.
const ofNumbers = (indicator) => ['mean', 'median', 'quartiles'].includes(indicator.kind);
function isOfFew(indicator, figure) {
  const size = ofNumbers(indicator) ? figure.numerator : figure.denominator;
  return indicator.kind !== 'count' && (typeof size === 'number' ? size < 10 : size !== 'hidden');
}

// What each column of the two tables of an indicator is sorted by: for each practice a number, or NaN where none may be seen.
export function columnsOf({ practices, indicators }, i) {
  const { practices: now, before, change } = indicators[i], each = (list, name) => list.map((figure) => isNumber(figure[name]));
  const labels = practices.map((_, place) => place);
  const figures = [labels, each(now, 'value'), each(now, 'low'), each(now, 'numerator'), each(now, 'unknown')];
  if (typeof indicators[i].all.adjusted === 'number') figures.push(each(now, 'adjusted'));
  const tables = [figures];
  if (before) {
    const few = now.map((figure, place) => isOfFew(indicators[i], figure) || isOfFew(indicators[i], before.practices[place]));
    const told = each(change.practices, 'change').map((number, place) => (few[place] ? NaN : number));
    const changes = [labels, each(before.practices, 'value'), each(now, 'value'), told];
    if ('became_yes' in change.all) changes.push(each(change.practices, 'became_yes'), each(change.practices, 'became_no'));
    tables.push(changes);
  }
  return tables;
}

// Labels from the lowest to the highest or back, those without a number last, like ones in the order of labels.
export function sorted(labels, numbers, isDown) {
  const has = labels.map((_, i) => i).filter((i) => !isNaN(numbers[i])), not = labels.map((_, i) => i).filter((i) => isNaN(numbers[i]));
  has.sort((a, b) => (isDown ? numbers[b] - numbers[a] : numbers[a] - numbers[b]) || a - b);
  return [...has, ...not].map((i) => labels[i]);
}

// "17 af 50", "<5 of 38", and of numbers "n = 50": as it is written in the page's language.
export function writtenOf({ danish }, indicator, figure) {
  const count = (n) => (n === 'hidden' ? (danish ? 'skjult' : 'hidden') : String(n));
  if (ofNumbers(indicator)) return `n = ${count(figure.numerator)}`;
  return `${count(figure.numerator)} ${danish ? 'af' : 'of'} ${count(figure.denominator)}`;
}
