/**
 * What a search finds for the same work, by how it chooses values and ends trials: the search job over samples of the gallery, with
 * the fields that the app itself proposes, until so many epochs are trained. Work is counted in epochs, so that the figures are the
 * same on every machine; the best is by the loss on validation rows, which the search goes by.
 *
 *   node tools/bench/search.mjs [--only penguins,digits-small] [--seeds 1,2,…,10] [--ways tpe+asha,random+none] [--trainings 12]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { projectPath } from '../setup/cache.mjs';
import { loadModules } from './load.mjs';

/** @typedef {{ data: string, way: string, seed: number, epochs: number, trials: number, half: number, best: number, seconds: number }} Found `half`: the best after half of the epochs */

/** Epochs of a whole trial: successive halving looks after 3 and after 9 of them. */
const EPOCHS = 27;

/** The species of a penguin is found too easily for one search to be better than another. @type {Record<string, string>} */
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

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'penguins,digits-small' },
      seeds: { type: 'string', default: '1,2,3,4,5,6,7,8,9,10' },
      ways: { type: 'string', default: 'random+none,random+asha,tpe+asha' },
      trainings: { type: 'string', default: '12' },
    },
  });
  const budget = EPOCHS * Number(values.trainings);
  const paths = ['jobs/kinds/import', 'jobs/kinds/search', 'catalog/index', 'data/describe', 'contract/index'];
  const stored = ['library', 'projects', 'datasets', 'searches', 'search-trials', 'jobs', 'ids'];
  const { modules, close } = await loadModules(
    [...paths, ...stored.map((name) => `storage/${name}`)].map((path) => `/src-main/${path}.ts`),
  );
  const { importJob, searchJob, proposePlan, describeSetup, examplesIn, openLibrary, ...storage } = Object.assign(
    {},
    ...modules,
  );
  const nothing = () => {};

  for (const data of values.only.split(',')) {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
    const library = openLibrary(join(folder, 'library'));
    const context = {
      ...{ jobId: 'bench', library, resources: projectPath('resources'), signal: new AbortController().signal },
      ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
    };
    try {
      const source = { kind: 'sample', id: data };
      const { projectId } = await importJob.run({ source, name: null, target: targets[data] ?? null }, context);
      const project = storage.getProject(library.db, projectId);
      const version = storage.getVersion(library.db, project.data.versionId);
      const described = await describeSetup(library, version, project.data);
      const facts = { ...described, counts: examplesIn(described) };
      const proposed = proposePlan(project, facts, 10);
      for (const seed of values.seeds.split(',').map(Number)) {
        for (const way of values.ways.split(',')) {
          const [sampler = '', pruner = ''] = way.split('+');
          const plan = {
            ...proposed,
            // Changed pictures take three times as long and would hide what is measured.
            parameters: proposed.parameters.filter((/** @type {{ path: string }} */ { path }) => !path.startsWith('augmentation.')),
            ...{ data: project.data, seed, metric: 'loss', budget: { minutes: null, trials: 10_000 } },
            ...{ sampler: { type: sampler, fields: {} }, pruner: { type: pruner, fields: pruner === 'asha' ? { minimum: 3 } : {} } },
            ...{ settings: { ...proposed.settings, epochs: EPOCHS, seed }, finish: { seeds: 0, together: 1 } },
          };
          const { id } = storage.createSearch(library.db, { id: storage.newId(), projectId, name: `${way} ${seed}`, plan });
          const began = performance.now();
          const trials = await until(budget, id);
          const epochs = trials.reduce((sum, { curve }) => sum + curve.length, 0);
          /** @type {Found} */
          const found = {
            ...{ data, way, seed, epochs: Math.min(epochs, budget), trials: trials.length },
            ...{ half: bestWithin(trials, budget / 2), best: bestWithin(trials, budget) },
            seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
          };
          console.log(JSON.stringify(found));
        }
      }

      /** Ends the job as a person would, once the epochs are spent. @param {number} most @param {string} id @returns {Promise<{ curve: number[] }[]>} */
      async function until(most, id) {
        const jobId = storage.newId();
        const shown = { kind: 'search', subject: 's', subjectId: id, progress: null, error: null, endedAt: null };
        storage.insertJob(library.db, { ...shown, id: jobId, state: 'running', createdAt: Date.now() });
        storage.startSearch(library.db, id, jobId);
        /** @type {(command: string) => void} */
        let command = nothing;
        let looked = 0;
        const look = () => {
          // Reading all trials at every batch would take longer than training them.
          if (performance.now() - looked < 200) return;
          looked = performance.now();
          const spent = storage
            .listTrials(library.db, id)
            .reduce((/** @type {number} */ sum, /** @type {{ curve: number[] }} */ { curve }) => sum + curve.length, 0);
          if (spent >= most) command('stop');
        };
        await searchJob.run(
          { searchId: id },
          {
            ...{ ...context, jobId, progress: look },
            onCommand: (/** @type {(command: string) => void} */ listener) => void (command = listener),
          },
        );
        return storage.listTrials(library.db, id);
      }
    } finally {
      library.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  await close();
  process.exit(0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
