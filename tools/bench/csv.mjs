/**
 * How long a large CSV takes to import up to the moment it is kept, stage by stage, and how much memory that takes. The
 * file is made here, from a fixed seed: `node tools/bench/csv.mjs [--rows 1600000] [--columns 20] [--file PATH]`.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadModules } from './load.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1600000' },
    columns: { type: 'string', default: '20' },
    file: { type: 'string' },
  },
});

/** A small generator (mulberry32), so that the file is the same everywhere. @param {number} seed */
function randomSource(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** By turns whole numbers, decimals with gaps, categories and flags; the last column is the target. */
const kinds = [
  (/** @type {() => number} */ random) => String(Math.floor(random() * 100_000)),
  (/** @type {() => number} */ random) => (random() < 0.02 ? 'NA' : (random() * 200 - 100).toFixed(4)),
  (/** @type {() => number} */ random) => ['red', 'green', 'blue', 'dark grey'][Math.floor(random() * 4)] ?? '',
  (/** @type {() => number} */ random) => (random() < 0.5 ? '0' : '1'),
];

/** @param {string} path @param {number} rows @param {number} columns */
async function makeFile(path, rows, columns) {
  const random = randomSource(1);
  const output = createWriteStream(path);
  const names = Array.from({ length: columns - 1 }, (_, index) => `column_${index + 1}`);
  output.write(`${[...names, 'label'].join(',')}\n`);
  let lines = '';
  for (let row = 0; row < rows; row += 1) {
    const values = names.map((_, index) => kinds[index % kinds.length]?.(random));
    lines += `${values.join(',')},${random() < 0.3 ? 'yes' : 'no'}\n`;
    if (lines.length < 1 << 20 && row < rows - 1) continue;
    if (!output.write(lines)) await once(output, 'drain');
    lines = '';
  }
  output.end();
  await once(output, 'finish');
}

/** @param {Record<string, number>} values */
const rounded = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toFixed(1))]));

const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
const loaded = await loadModules(['/src-main/data/stage.ts', '/src-main/data/source.ts']);
try {
  const path = options.file ?? join(folder, 'table.csv');
  if (!options.file) await makeFile(path, Number(options.rows), Number(options.columns));
  const [{ hashFiles, stageVersion }, { getSource }] = loaded.modules;
  const begun = performance.now();
  /** @type {Record<string, number>} */
  const seconds = {};
  let stage = 'start';
  let last = begun;
  // On a machine that others use too, the processor's time says more than the clock.
  /** @type {Record<string, number>} */
  const processor = {};
  let used = process.cpuUsage();
  const mark = (/** @type {string} */ next) => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(used);
    used = process.cpuUsage();
    seconds[stage] = (seconds[stage] ?? 0) + (now - last) / 1000;
    processor[stage] = (processor[stage] ?? 0) + (user + system) / 1e6;
    [stage, last] = [next, now];
  };
  const context = {
    signal: new AbortController().signal,
    progress: (/** @type {{ stage: string }} */ progress) => mark(progress.stage),
  };
  const files = [{ path, name: 'table.csv' }];
  const sha256 = await hashFiles(files, context);
  const work = join(folder, 'import');
  await mkdir(work);
  const identity = { sha256, folder: work, versionId: 'version', datasetId: 'dataset', datasetName: 'table' };
  const { version } = await stageVersion({ source: getSource('csv'), files, target: null, ...identity }, context);
  mark('end');
  const figures = {
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    megabytes: Math.round((await stat(path)).size / 1e6),
    rows: version.rowCount,
    columns: version.columns.length,
    seconds: Number(((performance.now() - begun) / 1000).toFixed(1)),
    stages: rounded(seconds),
    processorSeconds: rounded(processor),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  console.log(JSON.stringify(figures, null, 2));
} finally {
  await loaded.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
