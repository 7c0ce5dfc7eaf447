// page.mjs MODULES CHROMIUM FOLDER: claims about the page, in Chromium, driven by playwright-core of the folder MODULES. FOLDER has
// pages and the results that they were made of, as run.sh makes them. Prints a line for each claim, `ok …` or `not ok …`, and `done`.
import { claim, complaints, folder, requests, start, stop } from './browser.mjs';
import { readPack } from './result.mjs';
import { sorting, marking, pointing } from './use.mjs';
import { fitting, judging, seeing, walking } from './access.mjs';
import { drawing } from './drawing.mjs';
import { printing } from './paper.mjs';

const page = (name, result, pack) => ({ file: `${folder}/${name}.html`, pack: readPack(`${folder}/${result}.json`, pack) });
const madeUp = (name) => page(`${name}/made_up`, name);
const pages = {
  treatment: page('da/treatment', 'da/result', 'treatment'), followup: page('da/followup', 'da/result', 'followup'),
  english: page('en/treatment', 'en/result', 'treatment'), kinds: page('kinds/kinds', 'kinds'),
  one: madeUp('plain-1'), many: madeUp('plain-60'), none: madeUp('none-8'), unknown: madeUp('unknown-8'), long: madeUp('long-20'), hidden: madeUp('hidden-12'),
};

await start();
try {
  for (const chapter of [sorting, marking, pointing, drawing, walking, seeing, fitting, judging, printing]) await chapter(pages);
  await claim('no page asks anything of a network', async () => requests);
  await claim('no page complains', async () => complaints);
  console.log('done');
} finally {
  await stop();
}
