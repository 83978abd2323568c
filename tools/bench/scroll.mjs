/**
 * How smoothly 60,000 pictures and a million rows scroll in the real window: times between animation frames while the wheel
 * turns and keys are held, and how long a sort of a million rows takes to be seen. Standing still is measured beside it, since
 * that is what the display itself allows.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../build.mjs';
import { projectFolder, projectPath } from '../setup/cache.mjs';
import { frames, repeat } from './frames.mjs';
import { inWindow } from './window.mjs';

const ROWS = 1_000_000;
const SECONDS = 6;

/**
 * @typedef {{ what: string, how: string } & import('./frames.mjs').Frames} Scrolled
 * @typedef {{ scrolled: Scrolled[], sorts: Record<string, number>, load: number }} ScrollFigures
 */

/** @returns {Promise<ScrollFigures>} */
export async function measureScroll() {
  await ensureBuilt();
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  try {
    const library = path.join(folder, 'library');
    const table = path.join(folder, 'million.parquet');
    await makeTable(table);
    importFile(table, library);
    const pictures = projectPath('..', 'shared', 'data', 'cifar10.zip');
    const hasPictures = existsSync(pictures);
    if (hasPictures) importFile(pictures, library);
    const [load = 0] = loadavg();
    return await inWindow(folder, async (_app, page) => {
      const scrolled = [
        ...(await measureProject(page, 'million', /^Rows/, '1,000,000 rows')),
        ...(hasPictures ? await measureProject(page, 'cifar10', /^Samples/, '60,000 pictures') : []),
      ];
      return { scrolled, sorts: await measureSorts(page), load };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
async function makeTable(file) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('SELECT setseed(0.5)');
  await connection.run(`COPY (SELECT range AS id, round(random() * 1000, 3) AS length, round(random(), 6) AS share,
    CASE WHEN range % 50 = 0 THEN NULL ELSE range % 97 END AS age, ['north', 'south', 'east', 'west'][1 + (range % 4)] AS side,
    (DATE '2020-01-01' + (range % 2000)::INTEGER)::VARCHAR AS day, 'some words ' || (range * 7919 % 100003) AS words,
    ['yes', 'no'][1 + (random() * 2)::INTEGER % 2] AS answer FROM range(${ROWS})) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
}

/** @param {string} file @param {string} library */
function importFile(file, library) {
  const command = ['out/main/tandem.js', 'import', file, '--library', library];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: projectFolder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} project @param {RegExp} tab @param {string} what
 */
async function measureProject(page, project, tab, what) {
  await open(page, project, tab);
  const grid = page.getByRole('grid');
  const box = await grid.boundingBox();
  if (!box) throw new Error('There is no grid');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  /** @type {Scrolled[]} */
  const measured = [];
  measured.push({ what, how: 'standing still', ...(await frames(page, () => page.waitForTimeout(SECONDS * 1000))) });
  for (const [how, pixels] of /** @type {const} */ ([
    ['wheel, 120 pixels a turn', 120],
    ['wheel, 1,500 pixels a turn', 1500],
  ])) {
    const turn = () => repeat(() => page.mouse.wheel(0, pixels));
    measured.push({ what, how, ...(await frames(page, turn)) });
  }
  await grid.focus();
  for (const key of ['PageDown', 'ArrowDown']) {
    measured.push({ what, how: `${key} held`, ...(await frames(page, () => repeat(() => page.keyboard.press(key)))) });
  }
  return measured;
}

/** @param {import('@playwright/test').Page} page @param {string} project @param {RegExp} tab */
async function open(page, project, tab) {
  await page.getByRole('button', { name: 'Home' }).first().click();
  await page
    .getByRole('main')
    .getByRole('button', { name: new RegExp(project) })
    .first()
    .click();
  await page.getByRole('heading', { name: project, level: 1 }).waitFor();
  await page.getByRole('tab', { name: tab }).click();
  await page.locator('[role=grid][aria-busy=false]').waitFor();
}

/** Milliseconds from the press on a column's head to its first sorted rows. @param {import('@playwright/test').Page} page */
async function measureSorts(page) {
  await open(page, 'million', /^Rows/);
  /** @type {Record<string, number>} */
  const sorts = {};
  for (const column of ['length', 'side', 'day', 'words']) {
    const head = page.getByRole('button', { name: `Sort by ${column}`, exact: true });
    await head.scrollIntoViewIfNeeded();
    sorts[column] = await head.evaluate(
      (button) =>
        new Promise((settle) => {
          const start = performance.now();
          const look = () => {
            const grid = document.querySelector('[role=grid]');
            const isThere =
              grid?.getAttribute('aria-busy') === 'false' && grid.querySelector('.index')?.textContent !== '';
            if (isThere) settle(performance.now() - start);
            else requestAnimationFrame(look);
          };
          /** @type {HTMLElement} */ (button).click();
          // The old rows stand until the next drawing.
          requestAnimationFrame(look);
        }),
    );
  }
  return sorts;
}
