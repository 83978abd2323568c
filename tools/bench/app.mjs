/** How long the app takes to do what a person waits for: to start, to import, to train a first epoch. Best of three each. */
import { chromium } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { needsDisplay, startDisplay } from '../display.mjs';
import { projectFolder } from '../setup/cache.mjs';

const seconds = (/** @type {number} */ milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** @returns {Promise<Record<string, string>>} */
export async function measureApp() {
  const virtual = needsDisplay() ? await startDisplay() : undefined;
  const env = { ...process.env, ...(virtual && { DISPLAY: virtual.display }) };
  try {
    const starts = [];
    for (let turn = 0; turn < 3; turn += 1) starts.push(await timeStart(env));
    return {
      'warm `npm start` to the first contentful paint': seconds(Math.min(...starts)),
      'warm set-up (`node tools/setup/index.mjs`)': bestOf(() => run(['tools/setup/index.mjs'])),
      'import of MNIST, 70,000 pictures (`tandem import sample:handwritten-digits`)': bestOf(() =>
        inLibrary((library) =>
          run(['out/main/tandem.js', 'import', 'sample:handwritten-digits', '--library', library]),
        ),
      ),
      'import of MNIST and a first epoch, terminal start included': bestOf(() => firstEpoch('handwritten-digits')),
      'import of the penguins and a first epoch, terminal start included': bestOf(() => firstEpoch('penguins')),
    };
  } finally {
    await virtual?.stop();
  }
}

/** @param {() => void} work */
function bestOf(work) {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return seconds(Math.min(...times));
}

/** @param {string[]} command */
function run(command) {
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: projectFolder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** @param {string} sample */
function firstEpoch(sample) {
  inLibrary((library) => run(['out/main/tandem.js', 'train', sample, '--set', 'epochs=1', '--library', library]));
}

/** @param {(folder: string) => void} work with a library of its own, which is gone afterwards */
function inLibrary(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<number>} milliseconds from the command to the page's first paint */
async function timeStart(env) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  const options = [`--user-data-dir=${folder}`, `--library=${folder}/library`, '--remote-debugging-port=0'];
  const started = Date.now();
  const app = spawn('npm', ['start', '--', ...options], { cwd: projectFolder, env, stdio: 'ignore', detached: true });
  try {
    const note = path.join(folder, 'DevToolsActivePort');
    while (!existsSync(note)) await pause(20);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(note, 'utf8').split('\n')[0]}`);
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The app opened no window');
    const painted = await page.evaluate(
      () =>
        new Promise((settle) => {
          new PerformanceObserver((list) => {
            const [paint] = list.getEntriesByName('first-contentful-paint');
            if (paint) settle(performance.timeOrigin + paint.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
    await browser.close();
    return Number(painted) - started;
  } finally {
    await endGroup(app.pid ?? 0);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends npm and everything it started, and waits until all of it is gone. @param {number} leader */
async function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGTERM');
    for (;;) {
      process.kill(-leader, 0);
      await pause(50);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
