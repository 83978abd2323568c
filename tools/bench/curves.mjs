/**
 * How smoothly the window's chart of lines follows the hand with a hundred lines of 100,000 points each: the pointer over it,
 * a closer look by the wheel, and moving about in it. Standing still is measured beside it, which is what the display allows.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { _electron } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { ensureBuilt } from '../build.mjs';
import { needsDisplay, startDisplay } from '../display.mjs';
import { projectPath } from '../setup/cache.mjs';
import { electronArguments, electronPath } from '../setup/electron.mjs';
import { frames, repeat } from './frames.mjs';

const SECONDS = 4;
const sizes = [
  { lines: 4, points: 100_000 },
  { lines: 20, points: 100_000 },
  { lines: 100, points: 100_000 },
];

/**
 * @typedef {{ lines: number, points: number, how: string } & import('./frames.mjs').Frames} Moved
 * @typedef {{ moved: Moved[], load: number }} CurveFigures
 */

/** @returns {Promise<CurveFigures>} */
export async function measureCurves() {
  await ensureBuilt();
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  const virtual = needsDisplay() ? await startDisplay() : undefined;
  try {
    await build({
      ...{ root: projectPath('tools', 'bench', 'curves'), base: './', logLevel: 'error', configFile: false },
      ...{ plugins: [svelte({ configFile: false })], build: { outDir: folder, emptyOutDir: true } },
    });
    /** @type {Moved[]} */
    const moved = [];
    const [load = 0] = loadavg();
    for (const size of sizes) moved.push(...(await measure(path.join(folder, 'index.html'), size, virtual?.display)));
    return { moved, load };
  } finally {
    await virtual?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {{ lines: number, points: number }} size
 * @param {string | undefined} display
 * @returns {Promise<Moved[]>}
 */
async function measure(file, size, display) {
  const query = `lines=${size.lines}&points=${size.points}`;
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...electronArguments(), projectPath('tools', 'bench', 'curves', 'window.mjs'), file, query],
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...(display && { DISPLAY: display }) }),
  });
  try {
    const page = await app.firstWindow();
    const plot = page.getByRole('img');
    await page.getByText('points shown').waitFor({ timeout: 60_000 });
    const box = await plot.boundingBox();
    if (!box) throw new Error('There is no chart');
    const at = (/** @type {number} */ share) =>
      page.mouse.move(box.x + box.width * (0.1 + 0.75 * share), box.y + box.height / 2);
    await at(0.5);
    const still = () => page.waitForTimeout(SECONDS * 1000);
    const follow = () => repeat((turn) => at(0.5 + 0.45 * Math.sin(turn / 20)), SECONDS);
    const closer = () =>
      repeat(async (turn) => {
        await page.keyboard.down('Control');
        await page.mouse.wheel(0, turn % 40 < 20 ? -100 : 100);
        await page.keyboard.up('Control');
      }, SECONDS);
    const moving = () =>
      repeat(
        (turn) =>
          page.evaluate((share) => {
            const { viewport, whole } = /** @type {any} */ (window);
            const from = whole.to * (0.3 + 0.2 * Math.sin(share));
            viewport.show({ from, to: from + whole.to * 0.4 }, whole);
          }, turn / 20),
        SECONDS,
      );
    return [
      { ...size, how: 'standing still', ...(await frames(page, still)) },
      { ...size, how: 'pointer over it', ...(await frames(page, follow)) },
      { ...size, how: 'wheel, closer and back', ...(await frames(page, closer)) },
      { ...size, how: 'moving about', ...(await frames(page, moving)) },
    ];
  } finally {
    await app.close();
  }
}
