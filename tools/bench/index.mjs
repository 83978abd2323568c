/**
 * `npm run bench`: measures this machine and writes `docs/benchmarks.md` (and the figures it rests on to `out/bench/`): how
 * fast the engine trains beside tfjs, PyTorch and Keras, how that changes with size, what the app adds, whether memory stays
 * flat, what the seed network reaches, and how long start and import take. A part that is not asked for keeps its last figures.
 *
 *   npm run bench [-- --only speed,timeline,sweep,overhead,memory,stream,precision,seed,app,import,stalls,scroll,curves,quality,active,boxes,tasks,preflight,runs,samplers,search] [--epochs 5]
 *
 * `tasks` are all of `tasks-tables`, `tasks-pictures`, …, each of which can be asked for by itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { measureActive } from './active.mjs';
import { measureApp } from './app.mjs';
import { measureBoxes } from './boxes.mjs';
import { measureCurves } from './curves.mjs';
import { measureImport } from './import.mjs';
import { measureImportStalls } from './import-stalls.mjs';
import { measureMemory } from './memory.mjs';
import { measureOverhead } from './overhead.mjs';
import { measureSpeed } from './peers.mjs';
import { measurePrecision } from './precision.mjs';
import { measurePreflight } from './preflight.mjs';
import { measureQuality } from './quality.mjs';
import { sections } from './report.mjs';
import { measureRunTable } from './run-table.mjs';
import { measureSamplers } from './samplers.mjs';
import { measureScroll } from './scroll.mjs';
import { measureSearch } from './search.mjs';
import { measureStream } from './stream.mjs';
import { measureSweep } from './sweep.mjs';
import { taskParts } from './tasks/index.mjs';
import { measureTimeline } from './timeline.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, epochs: { type: 'string', default: '5' } } });

/** @type {Record<string, () => unknown>} */
const measure = {
  speed: () => measureSpeed(Number(values.epochs)),
  timeline: measureTimeline,
  sweep: measureSweep,
  overhead: () => measureOverhead(),
  memory: () => measureMemory(),
  stream: measureStream,
  precision: measurePrecision,
  seed: measureSeed,
  app: measureApp,
  import: measureImport,
  stalls: () => measureImportStalls(),
  scroll: measureScroll,
  curves: measureCurves,
  quality: measureQuality,
  active: measureActive,
  boxes: measureBoxes,
  ...Object.fromEntries(Object.entries(taskParts).map(([part, { measure }]) => [part, measure])),
  preflight: () => measurePreflight(),
  runs: () => measureRunTable(),
  samplers: () => measureSamplers(),
  search: measureSearch,
};
const asked = values.only?.split(',') ?? Object.keys(measure);
const parts = asked.flatMap((part) => (part === 'tasks' ? Object.keys(taskParts) : [part]));
const page = projectPath('docs', 'benchmarks.md');
const out = projectPath('out', 'bench');
mkdirSync(out, { recursive: true });

for (const [part, work] of Object.entries(measure)) {
  if (!parts.includes(part)) continue;
  const result = { measured: new Date().toISOString().slice(0, 10), figures: await work() };
  writeFileSync(fileOf(part), `${JSON.stringify(result, null, 1)}\n`);
}
writeFileSync(page, report());
console.log('Wrote docs/benchmarks.md');

/** @param {string} part */
function fileOf(part) {
  return path.join(out, `${part}.json`);
}

/** @returns {Record<string, string>} what `seed-network.mjs` says, by what was asked */
function measureSeed() {
  const script = projectPath('tools', 'bench', 'seed-network.mjs');
  const own = ['--rate', '0.001', '--initializer', 'own', '--seeds', '1,2,3,4,5'];
  const asked = {
    'Adam 0.01, weights drawn as PyTorch draws them, seeds 1–3': ['--initializer', 'fan-in-uniform'],
    'Adam 0.001, weights as the gallery draws them, seeds 1–5': own,
  };
  return Object.fromEntries(
    Object.entries(asked).map(([title, options]) => {
      const { stdout } = spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });
      console.log(`${title}\n${stdout}`);
      return [title, stdout.trim()];
    }),
  );
}

/** Sections of the file as it stands, by part: a clone has the file but not the figures it was written from. */
function writtenSections() {
  const [, ...written] = readFileSync(page, 'utf8').split(/^(?=## )/m);
  return new Map(
    written.map((section) => [/`npm run bench -- --only (\w[\w-]*)`/.exec(section)?.[1], section.trimEnd()]),
  );
}

function report() {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const before = writtenSections();
  const written = Object.entries(sections).flatMap(([part, write]) => {
    if (!existsSync(fileOf(part))) return before.get(part) ?? [];
    const { measured, figures } = JSON.parse(readFileSync(fileOf(part), 'utf8'));
    return `${write(figures)}\nMeasured on ${measured}: \`npm run bench -- --only ${part}\``;
  });
  return `# Measured figures

Written by \`npm run bench\`: ${machine}. Times on a shared machine move by tens of per cent; compare within a table, not across
days.

${written.join('\n\n')}
`;
}
