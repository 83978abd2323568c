/**
 * How much drawing proposals of boxes save: with k pictures whose boxes are known, drawn by lot, the job that proposes labels runs
 * as it does in the app, and what it proposes for all others is held against their boxes.
 *
 *   node tools/bench/boxes.mjs --data shared/data/bccd.zip [--known 10,20,40] [--seeds 1,2,3]
 *
 * A line of JSON each: boxes that are there in the other pictures; shares of them that are proposed well enough to be taken as they
 * are (overlap ≥ 0.7), well enough to be corrected (≥ 0.5), and the share of the proposed ones that are none and are to be removed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';

const paths = ['jobs/kinds/import', 'jobs/kinds/propose-labels', 'storage/library', 'data/assist/assist-files'];
const further = [
  'data/assist/standing',
  'storage/datasets',
  'storage/edits',
  'catalog/detection/matching',
  'data/random',
];

async function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      known: { type: 'string', default: '10,20,40' },
      seeds: { type: 'string', default: '1,2,3' },
      column: { type: 'string', default: 'boxes' },
    },
  });
  if (!values.data) throw new Error('--data names pictures with boxes: a folder or a zip');
  const { modules, close } = await loadModules([...paths, ...further].map((path) => `/src-main/${path}.ts`));
  const [{ importJob }, { proposeLabelsJob }, { openLibrary }, { readProposals }] = modules;
  const [{ readStanding }, { getVersion }, { appendEdits }, { matchBoxes }, { randomSource, shuffle }] = modules.slice(
    paths.length,
  );
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const library = openLibrary(join(folder, 'library'));
  const nothing = () => {};
  const context = {
    ...{ jobId: 'bench', library, resources: projectPath('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
  const { column } = values;
  const source = { kind: 'file', path: resolve(values.data) };
  const { versionId } = await importJob.run({ source, name: null, target: null }, context);
  const version = getVersion(library.db, versionId);
  const { codes, names } = await readStanding(library, version, column, []);
  const truths = Array.from(codes, (/** @type {number} */ code) => (code < 0 ? null : JSON.parse(names[code])));
  const rows = Int32Array.from(truths.keys()).filter((row) => truths[row] !== null);

  for (const known of values.known.split(',').map(Number)) {
    for (const seed of values.seeds.split(',').map(Number)) {
      const order = Int32Array.from(rows);
      shuffle(order, randomSource(seed, 31));
      const edits = [
        { edit: { kind: 'set', column, value: null }, rows: Int32Array.from(truths.keys()) },
        ...Array.from(order.subarray(0, known), (row) => {
          return { edit: { kind: 'set', column, value: JSON.stringify(truths[row]) }, rows: Int32Array.of(row) };
        }),
      ];
      appendEdits(library.db, versionId, edits);
      const began = performance.now();
      await proposeLabelsJob.run({ versionId, column, runId: null }, context);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      const proposals = await readProposals(library, { versionId, column });
      const counts = { there: 0, proposed: 0, right: 0, close: 0, whole: 0 };
      for (const [at, row] of proposals.rows.entries()) {
        const proposed = JSON.parse(proposals.labels[proposals.codes[at]] ?? '[]');
        const found = proposed.map((/** @type {object} */ box) => ({ ...box, score: 1 }));
        const overlaps = matchBoxes(found, truths[row] ?? [], 0.5);
        const right = overlaps.filter((/** @type {number} */ overlap) => overlap >= 0.5).length;
        counts.there += truths[row]?.length ?? 0;
        counts.proposed += found.length;
        counts.right += right;
        counts.close += overlaps.filter((/** @type {number} */ overlap) => overlap >= 0.7).length;
        if (right === found.length && right === truths[row]?.length) counts.whole += 1;
      }
      const share = (/** @type {number} */ part, /** @type {number} */ of) => Math.round((1000 * part) / of) / 10;
      console.log(
        JSON.stringify({
          ...{ known, seed, seconds, pictures: proposals.rows.length, there: counts.there },
          asTheyAre: share(counts.close, counts.there),
          found: share(counts.right, counts.there),
          wrong: share(counts.proposed - counts.right, counts.proposed),
          // What the app itself says of proposals, measured on the pictures that it knows.
          said: {
            asTheyAre: share(proposals.boxes.close, proposals.boxes.there),
            found: share(proposals.boxes.right, proposals.boxes.there),
            wrong: share(proposals.boxes.proposed - proposals.boxes.right, proposals.boxes.proposed),
            averagePrecision: proposals.boxes.averagePrecision,
          },
          wholePictures: share(counts.whole, proposals.rows.length),
        }),
      );
    }
  }
  library.close();
  rmSync(folder, { recursive: true, force: true });
  await close();
  process.exit(0);
}

await main();
