/**
 * How much the two largest imports hold up main and the window: each is begun in the real window as a person begins it, and
 * watched until its project is open, then while its rows stand there and its columns are looked at.
 *
 *   node tools/bench/import-stalls.mjs [--share 0.1] [--what csv,pictures]    a share of the table's rows, for a first look
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../build.mjs';
import { projectPath } from '../setup/cache.mjs';
import { makeTable, memoryOf, ROWS } from './import.mjs';
import { inWindow } from './window.mjs';

const SAMPLE_MS = 200;
/** Milliseconds for which the opened project, and then its columns, are watched. */
const AFTER_MS = 8000;

/**
 * @typedef {{ at: number, ms: number, work: number }} Delay of main's timer: when (ms from the beginning of the part), by how
 *   much it came late, and how much of that time main's own thread worked
 * @typedef {{ what: string, part: string, seconds: number, delays: Delay[], tasks: { at: number, ms: number }[],
 *   frames: number, frames50: number, worstFrame: number, resident: number, own: number }} Watched main's delays over 10 ms,
 *   the window's long tasks (over 50 ms), its frames, and the most bytes resident in all processes: with what they share
 *   counted in each, and without what lies in files
 * @typedef {{ watched: Watched[], load: number }} StallFigures
 */

/** @param {{ share?: number, what?: readonly string[] }} [options] @returns {Promise<StallFigures>} */
export async function measureImportStalls({ share = 1, what = ['csv', 'pictures'] } = {}) {
  await ensureBuilt();
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  try {
    /** @type {{ name: string, file: string }[]} */
    const imports = [];
    if (what.includes('csv')) {
      const file = path.join(folder, 'table.csv');
      await makeTable(file, Math.round(ROWS * share));
      imports.push({ name: `CSV, ${(statSync(file).size / 1e9).toFixed(2)} GB`, file });
    }
    const pictures = projectPath('..', 'shared', 'data', 'cifar10.zip');
    if (what.includes('pictures') && existsSync(pictures)) imports.push({ name: '60,000 JPEG', file: pictures });
    const [load = 0] = loadavg();
    const watched = [];
    for (const [turn, { name, file }] of imports.entries()) {
      watched.push(...(await measureOne(path.join(folder, String(turn)), name, file)));
    }
    return { watched, load };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} what @param {string} file */
function measureOne(folder, what, file) {
  return inWindow(folder, async (app, page) => {
    await page
      .getByRole('button', { name: /^Start with/ })
      .first()
      .waitFor();
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, file);
    await watch(app, page);
    const root = app.process().pid ?? 0;
    const part = (/** @type {string} */ name, /** @type {() => Promise<void>} */ work) =>
      watchPart(app, page, { what, part: name, root }, work);
    const rest = () => page.waitForTimeout(AFTER_MS);
    // The page looks at nothing while it imports but for its own progress: what asks it would be measured too.
    const opened = page.evaluate(whenOpened);
    return [
      await part('import, to the first rows', async () => {
        await page.getByRole('button', { name: 'Choose a file' }).first().click();
        await opened;
      }),
      await part('the rows, as they stand', rest),
      await part('the columns', async () => {
        await page
          .getByRole('tab', { name: /^(Columns|Classes)/ })
          .first()
          .click();
        await rest();
      }),
    ];
  });
}

/** In the page: waits for the first rows or pictures of a project. */
function whenOpened() {
  return new Promise((settle) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=grid][aria-busy=false] [role=gridcell]')) return;
      observer.disconnect();
      settle(undefined);
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-busy'],
    });
  });
}

/** @param {import('@playwright/test').ElectronApplication} app @param {import('@playwright/test').Page} page */
async function watch(app, page) {
  await app.evaluate(watchMain);
  await page.evaluate(() => {
    const kept = { tasks: /** @type {{ at: number, ms: number }[]} */ ([]), frames: /** @type {number[]} */ ([]) };
    const note = (/** @type {PerformanceObserverEntryList} */ list) =>
      kept.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ at: startTime, ms: duration })));
    new PerformanceObserver(note).observe({ type: 'longtask' });
    const frame = (/** @type {number} */ time) => {
      kept.frames.push(time);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { kept });
  });
}

/** In main: a timer that notes how late it comes, and, on Linux, how much of that time the thread itself worked. */
function watchMain() {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const intervalMs = 2;
  const worked = () => {
    try {
      return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      return performance.now();
    }
  };
  const kept = { delays: /** @type {{ at: number, ms: number, work: number }[]} */ ([]) };
  let [before, workedBefore] = [performance.now(), worked()];
  setInterval(() => {
    const [now, workedNow] = [performance.now(), worked()];
    const ms = now - before - intervalMs;
    if (ms > 10) kept.delays.push({ at: before, ms, work: Math.min(workedNow - workedBefore, now - before) });
    [before, workedBefore] = [now, workedNow];
  }, intervalMs);
  Object.assign(globalThis, { kept });
}

/**
 * @param {import('@playwright/test').ElectronApplication} app @param {import('@playwright/test').Page} page
 * @param {{ what: string, part: string, root: number }} named @param {() => Promise<void>} work
 * @returns {Promise<Watched>}
 */
async function watchPart(app, page, { what, part, root }, work) {
  const main = await app.evaluate(() => {
    /** @type {any} */ (globalThis).kept.delays.length = 0;
    return performance.now();
  });
  const window = await page.evaluate(() => {
    const { kept } = /** @type {any} */ (globalThis);
    [kept.tasks.length, kept.frames.length] = [0, 0];
    return performance.now();
  });
  const most = { resident: 0, own: 0 };
  const sampling = setInterval(() => {
    const { resident, own } = memoryOf(root);
    most.resident = Math.max(most.resident, resident);
    most.own = Math.max(most.own, own);
  }, SAMPLE_MS);
  await work();
  clearInterval(sampling);
  const delays = /** @type {Delay[]} */ (await app.evaluate(() => /** @type {any} */ (globalThis).kept.delays));
  const { kept, end } = await page.evaluate(() => ({
    kept: /** @type {any} */ (globalThis).kept,
    end: performance.now(),
  }));
  const frames = /** @type {number[]} */ (kept.frames);
  const gaps = frames.slice(1).map((time, at) => time - (frames[at] ?? 0));
  return {
    ...{ what, part, seconds: (end - window) / 1000, ...most },
    delays: delays.map(({ at, ms, work: own }) => ({ at: Math.round(at - main), ms: tenth(ms), work: tenth(own) })),
    tasks: kept.tasks.map((/** @type {{ at: number, ms: number }} */ { at, ms }) => ({
      at: Math.round(at - window),
      ms,
    })),
    frames: gaps.length,
    frames50: gaps.filter((gap) => gap > 50).length,
    worstFrame: gaps.reduce((worst, gap) => Math.max(worst, gap), 0),
  };
}

/** @param {number} value */
function tenth(value) {
  return Math.round(10 * value) / 10;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { share: { type: 'string' }, what: { type: 'string' } } });
  const figures = await measureImportStalls({
    share: Number(values.share ?? 0.1),
    ...(values.what && { what: values.what.split(',') }),
  });
  for (const { delays, tasks, resident, own, ...rest } of figures.watched) {
    console.log(JSON.stringify({ ...rest, megabytes: [resident, own].map((bytes) => Math.round(bytes / 1e6)) }));
    console.log(
      `  main late by over 10 ms: ${delays.map(({ at, ms, work }) => `${ms} (worked ${work}) at ${at}`).join(', ') || 'never'}`,
    );
    console.log(
      `  tasks of the window over 50 ms: ${tasks.map(({ at, ms }) => `${ms} at ${at}`).join(', ') || 'none'}`,
    );
  }
  process.exit(0);
}
