/**
 * How much drawing proposals of boxes save: with k pictures whose boxes are known, drawn by lot, the job that proposes labels runs
 * as it does in the app, and what it proposes for all others is held against their boxes.
 *
 *   node tools/bench/boxes.mjs [--data ../shared/data/bccd.zip] [--known 10,20,40] [--seeds 1,2]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';

/**
 * Shares in per cent: of boxes that are there, those proposed with an overlap of 0.7 and of 0.5; of proposed ones, those that are none.
 * @typedef {{ asTheyAre: number, found: number, wrong: number }} Shares
 * @typedef {Shares & { known: number, seed: number, seconds: number, pictures: number, there: number, said: Shares & { averagePrecision: number } }} Proposed
 */

const bloodCells = projectPath('..', 'shared', 'data', 'bccd.zip');
const column = 'boxes';

/** @returns {Proposed[]} none where the pictures are not there */
export function measureBoxes() {
  if (!existsSync(bloodCells)) return [];
  const script = projectPath('tools', 'bench', 'boxes.mjs');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const paths = ['jobs/kinds/import', 'jobs/kinds/propose-labels', 'storage/library', 'data/assist/assist-files'];
const further = [
  ...['data/assist/standing', 'storage/datasets', 'storage/edits', 'catalog/detection/matching', 'data/random'],
];

async function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: bloodCells },
      known: { type: 'string', default: '10,20,40' },
      seeds: { type: 'string', default: '1,2' },
    },
  });
  const { modules, close } = await loadModules([...paths, ...further].map((path) => `/src-main/${path}.ts`));
  const [{ importJob }, , { openLibrary }, , { readStanding }, { getVersion }] = modules;
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const library = openLibrary(join(folder, 'library'));
  const nothing = () => {};
  const context = {
    ...{ jobId: 'bench', library, resources: projectPath('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
  try {
    const source = { kind: 'file', path: resolve(values.data) };
    const { versionId } = await importJob.run({ source, name: null, target: null }, context);
    const { codes, names } = await readStanding(library, getVersion(library.db, versionId), column, []);
    const truths = Array.from(codes, (/** @type {number} */ code) => (code < 0 ? null : JSON.parse(names[code])));
    for (const known of values.known.split(',').map(Number)) {
      for (const seed of values.seeds.split(',').map(Number)) {
        console.log(JSON.stringify(await measure(modules, { context, versionId, truths, known, seed })));
      }
    }
  } finally {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  }
  await close();
  process.exit(0);
}

/** @typedef {{ label: string, x: number, y: number, width: number, height: number }} Box */

/**
 * @param {any[]} modules
 * @param {{ context: any, versionId: string, truths: (Box[] | null)[], known: number, seed: number }} asked
 * @returns {Promise<Proposed>}
 */
async function measure(modules, { context, versionId, truths, known, seed }) {
  const [, { proposeLabelsJob }, , { readProposals }, , , { appendEdits }, { matchBoxes }, { randomSource, shuffle }] =
    modules;
  const order = Int32Array.from(truths.keys()).filter((row) => truths[row] !== null);
  shuffle(order, randomSource(seed, 31));
  const set = (/** @type {string | null} */ value, /** @type {Int32Array} */ rows) => {
    return { edit: { kind: 'set', column, value }, rows };
  };
  const { library } = context;
  appendEdits(library.db, versionId, [
    set(null, Int32Array.from(truths.keys())),
    ...Array.from(order.subarray(0, known), (row) => set(JSON.stringify(truths[row]), Int32Array.of(row))),
  ]);
  const began = performance.now();
  await proposeLabelsJob.run({ versionId, column, runId: null }, context);
  const seconds = Math.round((performance.now() - began) / 1000);
  const proposals = await readProposals(library, { versionId, column });
  const counts = { there: 0, proposed: 0, right: 0, close: 0 };
  for (const [at, row] of proposals.rows.entries()) {
    /** @type {Box[]} */
    const boxes = JSON.parse(proposals.labels[proposals.codes[at]] ?? '[]');
    const there = truths[row] ?? [];
    /** @type {number[]} */
    const overlaps = matchBoxes(
      boxes.map((box) => ({ ...box, score: 1 })),
      there,
      0.5,
    );
    counts.there += there.length;
    counts.proposed += boxes.length;
    counts.right += overlaps.filter((overlap) => overlap > 0).length;
    counts.close += overlaps.filter((overlap) => overlap >= 0.7).length;
  }
  const { averagePrecision, ...said } = proposals.boxes;
  return {
    ...{ known, seed, seconds, pictures: proposals.rows.length, there: counts.there },
    ...sharesOf(counts),
    said: { ...sharesOf(said), averagePrecision },
  };
}

/** @param {{ there: number, proposed: number, right: number, close: number }} counts @returns {Shares} */
function sharesOf({ there, proposed, right, close }) {
  const share = (/** @type {number} */ part, /** @type {number} */ of) => Math.round((1000 * part) / of) / 10;
  return { asTheyAre: share(close, there), found: share(right, there), wrong: share(proposed - right, proposed) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
