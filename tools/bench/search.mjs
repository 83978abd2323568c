/**
 * What a search finds for the same work, by how it chooses values and ends trials: the search job over samples of the gallery, with
 * the fields that the app itself proposes, until so many epochs are trained. Work is counted in epochs, so that the figures are the
 * same on every machine; the best is by the loss on validation rows, which the search goes by.
 *
 *   node tools/bench/search.mjs [--only penguins,digits-small] [--seeds 1,2,…,10] [--ways tpe+asha,random+none] [--trainings 8]
 *     [--alike] searches only what leaves the network and its batches as they are, so that trials can share a compiled step
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';

/** @typedef {{ data: string, way: string, seed: number, epochs: number, trials: number, half: number, best: number, seconds: number, cpu: number }} Found `half`: the best after half of the epochs; `cpu`: seconds on all cores, as a busy machine leaves them alone */

/** Epochs of a whole trial: successive halving looks after 3 and after 9 of them. */
const EPOCHS = 27;

/** What is asked of a sample where it is not what the gallery asks: the species of a penguin is found too easily for searches to differ. @type {Record<string, string>} */
const targets = { penguins: 'island' };

/** @returns {Found[]} */
export function measureSearch() {
  const script = projectPath('tools', 'bench', 'search.mjs');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.stdout.write(stdout);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/** The best of the first epochs, whichever trials they belong to. @param {readonly { curve: number[] }[]} trials @param {number} epochs */
function bestWithin(trials, epochs) {
  return Math.min(...trials.flatMap(({ curve }) => curve).slice(0, epochs));
}

const nothing = () => {};

/** @typedef {Record<string, any>} Modules what the app's modules export, together */

/** @returns {Promise<{ app: Modules, close: () => Promise<void> }>} */
async function loadApp() {
  const paths = ['jobs/kinds/import', 'jobs/kinds/search', 'catalog/index', 'data/describe', 'contract/index'];
  const stored = ['library', 'projects', 'datasets', 'searches', 'search-trials', 'jobs', 'ids'];
  const { modules, close } = await loadModules(
    [...paths, ...stored.map((name) => `storage/${name}`)].map((path) => `/src-main/${path}.ts`),
  );
  return { app: Object.assign({}, ...modules), close };
}

/** @param {any} library */
function contextOf(library) {
  return {
    ...{ jobId: 'bench', library, resources: projectPath('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
}

/** What the app proposes for a sample. @param {Modules} app @param {any} library @param {string} data @param {boolean} isAlike */
async function proposedFor(app, library, data, isAlike) {
  const source = { kind: 'sample', id: data };
  const asked = { source, name: null, target: targets[data] ?? null };
  const { projectId } = await app['importJob'].run(asked, contextOf(library));
  const project = app['getProject'](library.db, projectId);
  const version = app['getVersion'](library.db, project.data.versionId);
  const described = await app['describeSetup'](library, version, project.data);
  const plan = app['proposePlan'](project, { ...described, counts: app['examplesIn'](described) }, 10);
  // Changed pictures take three times as long and would hide what is measured.
  const isMeasured = (/** @type {{ path: string }} */ { path }) =>
    isAlike ? path === 'settings.learningRate' || path.startsWith('optimizer') : !path.startsWith('augmentation.');
  return { projectId, plan: { ...plan, data: project.data, parameters: plan.parameters.filter(isMeasured) } };
}

/** @param {any} proposed @param {string} way @param {number} seed */
function planFor(proposed, way, seed) {
  const [sampler = '', pruner = ''] = way.split('+');
  return {
    ...proposed,
    ...{ seed, metric: 'loss', budget: { minutes: null, trials: 10_000 } },
    sampler: { type: sampler, fields: {} },
    pruner: { type: pruner, fields: pruner === 'asha' ? { minimum: 3 } : {} },
    settings: { ...proposed.settings, epochs: EPOCHS, seed },
    finish: { seeds: 0, together: 1 },
  };
}

/**
 * Ends the job as a person would, once the epochs are spent.
 * @param {Modules} app @param {any} library @param {string} id @param {number} most @returns {Promise<{ curve: number[] }[]>}
 */
async function searchUntil(app, library, id, most) {
  const jobId = app['newId']();
  const shown = { kind: 'search', subject: 's', subjectId: id, progress: null, error: null, endedAt: null };
  app['insertJob'](library.db, { ...shown, id: jobId, state: 'running', createdAt: Date.now() });
  app['startSearch'](library.db, id, jobId);
  /** @type {(command: string) => void} */
  let command = nothing;
  let looked = 0;
  const progress = () => {
    // Reading all trials at every batch would take longer than training them.
    if (performance.now() - looked < 200) return;
    looked = performance.now();
    const trials = app['listTrials'](library.db, id);
    const spent = trials.reduce(
      (/** @type {number} */ sum, /** @type {{ curve: number[] }} */ { curve }) => sum + curve.length,
      0,
    );
    if (spent >= most) command('stop');
  };
  const onCommand = (/** @type {(command: string) => void} */ listener) => void (command = listener);
  await app['searchJob'].run({ searchId: id }, { ...contextOf(library), jobId, progress, onCommand });
  return app['listTrials'](library.db, id);
}

/** @param {Modules} app @param {string} data @param {{ seeds: readonly number[], ways: readonly string[], budget: number, isAlike: boolean }} asked */
async function measureData(app, data, { seeds, ways, budget, isAlike }) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const library = app['openLibrary'](join(folder, 'library'));
  try {
    const { projectId, plan: proposed } = await proposedFor(app, library, data, isAlike);
    for (const seed of seeds) {
      for (const way of ways) {
        const plan = planFor(proposed, way, seed);
        const { id } = app['createSearch'](library.db, { id: app['newId'](), projectId, name: `${way} ${seed}`, plan });
        const [began, worked] = [performance.now(), process.cpuUsage()];
        const trials = await searchUntil(app, library, id, budget);
        const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
        const { user, system } = process.cpuUsage(worked);
        const cpu = Number(((user + system) / 1e6).toFixed(1));
        const epochs = trials.reduce((sum, { curve }) => sum + curve.length, 0);
        /** @type {Found} */
        const found = {
          ...{ data, way, seed, epochs: Math.min(epochs, budget), trials: trials.length },
          ...{ half: bestWithin(trials, budget / 2), best: bestWithin(trials, budget), seconds, cpu },
        };
        console.log(JSON.stringify(found));
      }
    }
  } finally {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'penguins,digits-small' },
      seeds: { type: 'string', default: '1,2,3,4,5,6,7,8,9,10' },
      ways: { type: 'string', default: 'random+none,random+asha,tpe+asha' },
      trainings: { type: 'string', default: '8' },
      alike: { type: 'boolean', default: false },
    },
  });
  const { app, close } = await loadApp();
  const budget = EPOCHS * Number(values.trainings);
  const [seeds, ways] = [values.seeds.split(',').map(Number), values.ways.split(',')];
  for (const data of values.only.split(',')) {
    await measureData(app, data, { seeds, ways, budget, isAlike: values.alike });
  }
  await close();
  process.exit(0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
