/**
 * What the app costs over the bare compiled loop. The same run of the gallery's handwritten digits (54,000 training rows,
 * batches of 128, validation after each epoch) three ways: a process that does nothing but the steps and the validation;
 * `tandem train`, with its figures, checkpoints and durable commits; and the window, open on its Train screen. The app's
 * epochs are timed from one to the next as the library has them, so that what lies between two epochs counts.
 *
 *   node tools/bench/overhead.mjs [--epochs 16] [--rounds 3]     JSON
 */
import { _electron } from '@playwright/test';
import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../build.mjs';
import { needsDisplay, startDisplay } from '../display.mjs';
import { projectFolder, projectPath } from '../setup/cache.mjs';
import { electronArguments, electronPath } from '../setup/electron.mjs';
import { loadModules } from './load.mjs';

/** @typedef {{ epochs: number, milliseconds: number }} Stretch of consecutive epochs */

const SAMPLE = 'handwritten-digits';
/** So low that every epoch of the run is better than the one before: then each keeps its model too, which costs the most. */
const LEARNING_RATE = 0.0001;
/** Job processes yield to the window (`jobs/entry.ts`): the bare loop runs at the same priority. */
const YIELDING = 4;
/** Epochs whose mean is a figure: long enough that what is done every few epochs is in it. */
const STRETCH = 4;

/**
 * Bare loop, terminal and window in turn, so that what else the machine does hits all alike.
 * @param {{ epochs?: number, rounds?: number }} [options]
 * @returns {Promise<Record<string, string>>} what → measured
 */
export async function measureOverhead({ epochs = 16, rounds = 3 } = {}) {
  await ensureBuilt();
  const virtual = needsDisplay() ? await startDisplay() : undefined;
  const env = { ...process.env, ...(virtual && { DISPLAY: virtual.display }) };
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  const library = path.join(folder, 'library');
  /** @type {Record<'bare' | 'terminal' | 'window', number[]>} seconds per epoch, by stretch */
  const measured = { bare: [], terminal: [], window: [] };
  try {
    tandem(['import', `sample:${SAMPLE}`, '--library', library]);
    for (let round = 0; round < rounds; round += 1) {
      const run = trainInTerminal(library, epochs);
      measured.terminal.push(...stretches(betweenEpochs(library, run)));
      measured.bare.push(...stretches(trainBare(library, run, epochs)));
      measured.window.push(...stretches(betweenEpochs(library, await trainInWindow(folder, epochs, env))));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await virtual?.stop();
  }
  return report(measured);
}

/** @param {Record<'bare' | 'terminal' | 'window', number[]>} measured */
function report({ bare, terminal, window }) {
  const figure = (/** @type {number[]} */ times) =>
    `${Math.min(...times).toFixed(3)} s per epoch (median ${median(times).toFixed(3)} s, ${times.length} stretches)`;
  const over = (/** @type {number[]} */ times) => {
    const share = (/** @type {number} */ app, /** @type {number} */ alone) =>
      `${(100 * (app / alone - 1)).toFixed(1)} %`;
    return `${figure(times)}: ${share(Math.min(...times), Math.min(...bare))} over the bare loop (by medians ${share(median(times), median(bare))})`;
  };
  return {
    [`bare compiled loop, ${SAMPLE}, best mean of ${STRETCH} epochs`]: figure(bare),
    'the same run by `tandem train`: figures, checkpoints, commits': over(terminal),
    'the same run with the window open on Train': over(window),
  };
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Means over `STRETCH` epochs that follow one another, overlapping.
 * @param {Stretch[]} parts in order
 * @returns {number[]} seconds per epoch
 */
function stretches(parts) {
  return parts.flatMap((_, first) => {
    let [epochs, milliseconds] = [0, 0];
    for (const part of parts.slice(first)) {
      if (epochs >= STRETCH) break;
      epochs += part.epochs;
      milliseconds += part.milliseconds;
    }
    return epochs >= STRETCH ? [milliseconds / epochs / 1000] : [];
  });
}

/**
 * The time from each epoch to the next by the clock, commits and all, from the events that tell of a better epoch.
 * @param {string} library @param {string} run
 * @returns {Stretch[]}
 */
function betweenEpochs(library, run) {
  /** @type {{ time: number, epoch: number }[]} */
  const events = inDatabase(library, (db) =>
    db
      .prepare(
        `SELECT time, parameters ->> '$.epoch' AS epoch FROM events WHERE run_id = ? AND code = 'epoch-better' ORDER BY seq`,
      )
      .all(run),
  );
  return events.slice(1).map(({ time, epoch }, index) => ({
    epochs: epoch - (events[index]?.epoch ?? NaN),
    milliseconds: time - (events[index]?.time ?? NaN),
  }));
}

/** @param {string} library @param {(db: any) => any} read */
function inDatabase(library, read) {
  const db = new Database(path.join(library, 'library.sqlite'), { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** @param {string[]} command @returns {string} what it wrote */
function tandem(command) {
  return runNode([projectPath('out', 'main', 'tandem.js'), ...command]);
}

/** @param {string[]} command */
function runNode(command) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: projectFolder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** @param {string} library @returns {{ id: string, state: string } | undefined} */
function latestRun(library) {
  return inDatabase(library, (db) => db.prepare('SELECT id, state FROM runs ORDER BY created_at DESC LIMIT 1').get());
}

/** @param {string} library @param {number} epochs @returns {string} id of the run */
function trainInTerminal(library, epochs) {
  const settings = [`epochs=${epochs}`, `learningRate=${LEARNING_RATE}`].flatMap((one) => ['--set', one]);
  tandem(['train', SAMPLE, ...settings, '--seed', '1', '--library', library]);
  const run = latestRun(library);
  if (!run) throw new Error('The terminal left no run');
  return run.id;
}

/** @param {string} library @param {string} run @param {number} epochs @returns {Stretch[]} */
function trainBare(library, run, epochs) {
  const script = projectPath('tools', 'bench', 'overhead.mjs');
  return JSON.parse(runNode([script, '--bare', library, '--run', run, '--epochs', String(epochs)]));
}

/**
 * A person's way: open the project, set epochs and learning rate, go to Train, start, and watch until it is finished.
 * @param {string} folder of the library @param {number} epochs @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} id of the run
 */
async function trainInWindow(folder, epochs, env) {
  const library = path.join(folder, 'library');
  const before = latestRun(library)?.id;
  const options = [`--user-data-dir=${path.join(folder, 'user-data')}`, `--library=${library}`, '--lang=en-US'];
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...electronArguments(), projectFolder, ...options],
    env: /** @type {Record<string, string>} */ (env),
  });
  try {
    const page = await app.firstWindow();
    const rail = page.getByRole('navigation', { name: 'Life cycle' });
    const main = page.getByRole('main');
    // The window comes back to the screen that it was left on.
    await rail.getByRole('button', { name: 'Home', exact: true }).click();
    await main.getByRole('button', { name: 'Open Handwritten digits', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Handwritten digits', level: 1 }).waitFor();
    await rail.getByRole('button', { name: 'Network', exact: true }).click();
    await page.getByRole('tab', { name: 'Training settings' }).click();
    for (const [name, value] of Object.entries({ Epochs: epochs, 'Learning rate': LEARNING_RATE })) {
      const field = main.getByRole('textbox', { name, exact: true });
      await field.fill(String(value));
      await field.press('Enter');
    }
    await rail.getByRole('button', { name: 'Train', exact: true }).click();
    await main.getByRole('button', { name: 'Start training' }).click();
    // Asked of the library, not of the page: a page that is asked again and again has more to do than a person's.
    for (;;) {
      const run = latestRun(library);
      if (run && run.id !== before && !['queued', 'running'].includes(run.state)) return run.id;
      await pause(500);
    }
  } finally {
    await app.close();
  }
}

/**
 * The bare loop over the rows of a run, in the run's order: the compiled steps, and the validation rows after each epoch.
 * @param {string} libraryFolder @param {string} runId @param {number} epochs
 * @returns {Promise<Stretch[]>} one per epoch; the first, in which the step is tried out, is left out
 */
async function bareEpochs(libraryFolder, runId, epochs) {
  setPriority(YIELDING);
  const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step', 'engine/random'];
  const others = ['engine/training-data', 'jobs/training/training-data', 'storage/library', 'storage/runs'];
  const { modules, close } = await loadModules([...paths, ...others].map((name) => `/src-main/${name}.ts`));
  const [catalog, { loadTensorFlow }, { buildModel }, { createStep }, { shuffled }] = modules;
  const [{ batches, evaluationBatch }, { openTrainingData, trainingData }, { openLibrary }, { getRun }] =
    modules.slice(5);
  const library = openLibrary(libraryFolder, { role: 'job' });
  const run = getRun(library.db, runId);
  const { signal } = new AbortController();
  const prepared = await openTrainingData({ library, signal, progress: () => undefined }, run);
  const { tf } = await loadTensorFlow();
  const task = catalog.tasks.get(run.data.task);
  const { settings } = run;
  const { training, validation } = prepared.parts;
  const { step, eagerReason } = createStep(
    {
      tf,
      model: buildModel(tf, run.network, prepared.inputShape, task.outputs(prepared.target), settings.seed),
      data: trainingData(prepared),
      loss: catalog.losses.get(settings.loss),
      metrics: task.metrics.map(catalog.metrics.get),
      targetScale: prepared.preparation.targetScale,
      optimizer: { definition: catalog.optimizers.get(settings.optimizer.type), fields: settings.optimizer.fields },
      learningRate: settings.learningRate,
    },
    training.length,
    settings.batchSize,
  );
  if (eagerReason) throw new Error(`not compiled: ${eagerReason}`);
  /** @type {Stretch[]} */
  const times = [];
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const start = performance.now();
    const order = shuffled(training, settings.seed, epoch);
    step.expect(order, settings.batchSize);
    for (const batch of batches(order, settings.batchSize)) step.train(batch);
    step.takeSums();
    for (const batch of batches(validation, evaluationBatch)) step.evaluate(batch);
    times.push({ epochs: 1, milliseconds: performance.now() - start });
  }
  step.dispose();
  await prepared.close();
  library.close();
  await close();
  return times.slice(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      epochs: { type: 'string', default: '16' },
      rounds: { type: 'string', default: '3' },
      bare: { type: 'string' },
      run: { type: 'string', default: '' },
    },
  });
  const [epochs, rounds] = [Number(values.epochs), Number(values.rounds)];
  const result = values.bare
    ? await bareEpochs(values.bare, values.run, epochs)
    : await measureOverhead({ epochs, rounds });
  console.log(JSON.stringify(result, null, values.bare ? 0 : 1));
}
