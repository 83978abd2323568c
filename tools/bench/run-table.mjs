/**
 * How quick the table of 5,000 runs is in the real window: to read all of them, to open the screen, to ask, to sort, to scroll.
 *
 *   node tools/bench/run-table.mjs [--library <folder>]   (over one that `many-runs.mjs` made in its folder `library`)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../build.mjs';
import { makeManyRuns } from './many-runs.mjs';
import { frames, repeat } from './frames.mjs';
import { inWindow } from './window.mjs';

const QUERIES = [
  'lr < 0.01 and val_acc > 0.9',
  'optimizer = adam or (batch >= 128 and not state = stopped)',
  'last.val_loss < 0.5 seconds < 5m',
  'otter',
];

/**
 * @typedef {{ runs: number, list: { ms: number, longest: number, mainLate: number }, open: { ms: number, task: number },
 *   filters: { query: string, found: number, ms: number }[], sort: number, scrolled: ({ how: string } & Awaited<ReturnType<typeof frames>>)[],
 *   load: number }} TableFigures times in milliseconds
 */

/** @param {string} [made] folder of a library that is there already @returns {Promise<TableFigures>} */
export async function measureRunTable(made) {
  await ensureBuilt();
  const folder = made ?? mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  try {
    if (made === undefined) await makeManyRuns(path.join(folder, 'library'));
    const [load = 0] = loadavg();
    return await inWindow(folder, async (app, page) => {
      page.setDefaultTimeout(180_000);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await openProject(page);
      const list = await readAll(app, page);
      const open = await openScreen(page);
      const filters = [];
      for (const query of QUERIES) filters.push(await ask(page, query));
      await ask(page, '');
      const sort = await timed(page, () => {
        const heads = [...document.querySelectorAll('main th button')];
        /** @type {HTMLElement | undefined} */ (heads.find((head) => head.textContent?.trim() === 'Best'))?.click();
      });
      return { runs: list.runs, list, open, filters, sort, scrolled: await scrollTable(page), load };
    });
  } finally {
    if (made === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** The window over the project that has the runs, on another screen. @param {import('@playwright/test').Page} page */
async function openProject(page) {
  await page.evaluate(async () => {
    const { tandem } = /** @type {any} */ (window);
    const { value } = await tandem.rpc('projects.list');
    const most = value.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.runCount > a.runCount ? b : a));
    await tandem.rpc('app.setPreferences', { projectId: most.id, screen: 'network' });
  });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // What the window reads at its start is none of this.
  await page.waitForTimeout(5000);
}

/** All runs as the window reads them. @param {import('@playwright/test').ElectronApplication} app @param {import('@playwright/test').Page} page */
async function readAll(app, page) {
  await app.evaluate(() => {
    const watched = { late: 0, last: performance.now() };
    const timer = setInterval(() => {
      const now = performance.now();
      watched.late = Math.max(watched.late, now - watched.last - 2);
      watched.last = now;
    }, 2);
    Object.assign(globalThis, { watched, endWatch: () => clearInterval(timer) });
  });
  const read = await page.evaluate(async () => {
    const { tandem } = /** @type {any} */ (window);
    const start = performance.now();
    let [since, runs, longest] = [0, 0, 0];
    for (let more = true; more;) {
      const before = performance.now();
      const { value } = await tandem.rpc('runs.changes', { since });
      longest = Math.max(longest, performance.now() - before);
      runs += value.runs.length;
      ({ revision: since, more } = value);
    }
    return { runs, ms: performance.now() - start, longest };
  });
  const mainLate = await app.evaluate(() => {
    const { watched, endWatch } = /** @type {any} */ (globalThis);
    endWatch();
    return Number(watched.late);
  });
  return { ...read, mainLate };
}

/** From the press on the rail to rows in the table. @param {import('@playwright/test').Page} page */
async function openScreen(page) {
  return page.evaluate(
    () =>
      new Promise((/** @type {(value: { ms: number, task: number }) => void} */ settle) => {
        let task = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) task = Math.max(task, duration);
        }).observe({ type: 'longtask' });
        const start = performance.now();
        const buttons = [...document.querySelectorAll('nav button')];
        /** @type {HTMLElement | undefined} */ (buttons.find((one) => one.textContent?.includes('Runs')))?.click();
        const look = () => {
          if (document.querySelectorAll('main tr[data-run]').length < 5) return void requestAnimationFrame(look);
          const ms = performance.now() - start;
          setTimeout(() => settle({ ms, task }), 200);
        };
        look();
      }),
  );
}

/** From a change to the drawing after it. @param {import('@playwright/test').Page} page @param {(text: string) => void} work @param {string} [text] */
async function timed(page, work, text = '') {
  return page.evaluate(
    ([source, argument]) =>
      new Promise((/** @type {(value: number) => void} */ settle) => {
        const act = new Function('text', `(${source})(text)`);
        const start = performance.now();
        act(argument);
        requestAnimationFrame(() => setTimeout(() => settle(performance.now() - start)));
      }),
    /** @type {const} */ ([String(work), text]),
  );
}

/** @param {import('@playwright/test').Page} page @param {string} query */
async function ask(page, query) {
  const ms = await timed(
    page,
    (text) => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector('main [role=combobox]'));
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    query,
  );
  const words = await page.locator('main .tools [role=status]').textContent();
  return { query, found: Number(words?.split(' ')[0]?.replace(/\D/g, '')), ms };
}

/** @param {import('@playwright/test').Page} page */
async function scrollTable(page) {
  const row = page.locator('main tr[data-run]').nth(3);
  await row.hover();
  const scrolled = [{ how: 'standing still', ...(await frames(page, () => page.waitForTimeout(6000))) }];
  for (const pixels of [120, 1500]) {
    const turn = () => repeat(() => page.mouse.wheel(0, pixels));
    scrolled.push({ how: `wheel, ${pixels.toLocaleString('en')} pixels a turn`, ...(await frames(page, turn)) });
  }
  await page.locator('main tr[data-run]').nth(12).focus();
  for (const key of ['PageDown', 'ArrowDown']) {
    const press = () => repeat(() => page.keyboard.press(key));
    scrolled.push({ how: `${key} held`, ...(await frames(page, press)) });
  }
  return scrolled;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { library: { type: 'string' } } });
  console.log(JSON.stringify(await measureRunTable(values.library), null, 1));
}
