/**
 * Runs with the pretrained network for sounds, from files to answers: sounds become the spectrogram that it learnt with, what it
 * makes of them is computed once, and the saved model answers a raw sound as it answers the same one out of the data.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type * as tensorflow from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultsOf, networkOfBlock, pretrainedBlock, setupForBlock, spectrograms, tasks } from '../../catalog';
import reference from '../../catalog/fixtures/speech-embedding.json';
import { referenceSounds } from '../../catalog/fixtures/speech-sounds';
import { describeEvent, type ImportResult, type Prediction } from '../../contract';
import { streamClips } from '../../data/sounds/clips';
import { SoundEncoder } from '../../data/sounds/recipe';
import { encodeWav } from '../../data/sounds/wav-file';
import { buildModel } from '../../engine/build';
import { pretrainedFrom } from '../../engine/pretrained';
import { loadTensorFlow } from '../../engine/tf';
import { predictedRows } from '../../storage/evaluations';
import { getVersion } from '../../storage/datasets';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { createRun, runHistory } from '../../storage/runs';
import type { JobContext } from '../definition';
import { importJob } from '../kinds/import';
import { predictJob } from '../kinds/predict';
import { trainJob } from '../kinds/train';

const rate = 8000;
const perClass = 16;
let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-heard-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function contextOf(changes: Partial<JobContext> = {}): JobContext {
  const nothing = () => undefined;
  return {
    ...{ jobId: 'job-1', library, resources: resolve('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
    ...changes,
  };
}

/** A tone that rises or falls, for 0.3 to 0.6 s. */
function glide(number: number, rise: number): Buffer {
  const length = Math.round(rate * (0.3 + 0.02 * (number % 16)));
  const samples = Int16Array.from({ length }, (_, at) => {
    const time = at / rate;
    return Math.round(9000 * Math.sin(2 * Math.PI * ((900 + 40 * number) * time + (rise * time ** 2) / 2)));
  });
  return Buffer.from(encodeWav(new Uint8Array(samples.buffer), rate));
}

/** @returns the project of a folder of sounds. */
async function importSounds(): Promise<string> {
  for (const [name, rise] of [
    ['falling', -1200],
    ['rising', 1200],
  ] as const) {
    mkdirSync(join(folder, 'sounds', name), { recursive: true });
    for (let number = 0; number < perClass; number += 1) {
      writeFileSync(join(folder, 'sounds', name, `${number}.wav`), glide(number, rise));
    }
  }
  const source = { kind: 'file', path: join(folder, 'sounds') } as const;
  return ((await importJob.run({ source, name: null, target: null }, contextOf())) as ImportResult).projectId;
}

/** A run with what the window's one click makes of the project's network and preparation. */
function makeRun(projectId: string, trained: string, epochs: number): string {
  const { data, settings } = getProject(library.db, projectId);
  const block = pretrainedBlock(tasks.get(data!.task))!;
  const { columns } = getVersion(library.db, data!.versionId);
  const answer = { id: 'answer', type: 'dense', fields: { units: 2, activation: 'linear' } };
  const { layers } = networkOfBlock(block, defaultsOf(block.fields), [50, 40, 1], answer)!;
  const id = newId();
  createRun(library.db, {
    ...{ id, projectId, name: id, datasetName: 'sounds' },
    data: setupForBlock(block, columns, data!),
    network: {
      layers: layers.map((layer) => (layer.id.endsWith('speech') ? { ...layer, fields: { trained } } : layer)),
    },
    settings: { ...settings!, epochs, batchSize: 8, learningRate: 0.001 },
  });
  return id;
}

/** What the log of a run says of the pretrained network, after it was trained. */
async function wordsOf(runId: string): Promise<string[]> {
  await trainJob.run({ runId }, contextOf());
  const said = runHistory(library.db, runId).events.map((event) => describeEvent(event, 'en'));
  return said.filter((text) => text.includes('Speech embedding'));
}

async function predict(runId: string, inputs: readonly unknown[]): Promise<Prediction[]> {
  const ending = new AbortController();
  let ask: ((question: unknown) => Promise<unknown>) | undefined;
  const job = predictJob.run({ runId }, contextOf({ signal: ending.signal, onAsk: (answer) => void (ask = answer) }));
  try {
    const asking = expect.poll(() => ask !== undefined, { timeout: 20_000 }).toBe(true);
    await Promise.race([asking, job.then(() => Promise.reject(new Error('The job ended by itself')))]);
    return (await ask?.({ inputs })) as Prediction[];
  } finally {
    ending.abort();
    await job.catch(() => undefined);
  }
}

// What the two halves of it are checked for by themselves, from a sound to its numbers, which go to ±80.
test('a sound’s embedding is onnxruntime’s, the mean over its windows, within 0.01', async () => {
  const { tf } = await loadTensorFlow();
  const network = { layers: [{ id: 'hear', type: 'speech-embedding', fields: {} }] };
  const { options, standard } = spectrograms.get('speech-embedding');
  for (const [name, { frames, embeddings }] of Object.entries(reference.sounds)) {
    const samples = referenceSounds[name]!;
    const shape = [frames, 32, 1];
    const recipe = { kind: 'log-mel' as const, column: '', shape, samples: samples.length };
    const values = new SoundEncoder({ ...recipe, ...options(16_000), ...standard! }).encode(samples, 16_000);
    const model = buildModel(tf, network, shape, 96, 1, pretrainedFrom('resources'));
    const found = (model.predict(tf.tensor(values, [1, ...shape])) as tensorflow.Tensor).dataSync<'float32'>();
    for (const [at, value] of found.entries()) {
      const mean = embeddings.reduce((sum, one) => sum + one[at]!, 0) / embeddings.length;
      expect(Math.abs(value - mean), `${name}, number ${at}`).toBeLessThan(0.01);
    }
    model.dispose();
  }
});

test.each([
  ['frozen', 0, /^Speech embedding is frozen: /],
  ['last', 138_624, /^The first blocks of .* are frozen: .* Its last blocks are trained, at 0\.1 times/],
])(
  '%s: sounds become its spectrogram, features are kept and told of, and a raw sound is answered as its row is',
  async (trained, own, told) => {
    const projectId = await importSounds();
    const runId = makeRun(projectId, trained, 12);
    const made = await wordsOf(runId);
    expect(made).toEqual([expect.stringMatching(told)]);
    expect(made[0]).toContain('of 32 rows was computed once, in');
    expect((await wordsOf(makeRun(projectId, trained, 1)))[0]).toContain('was computed by an earlier run');
    const { info, weights } = loadModel(library.db, runId);
    expect(info.pretrained?.map(({ layer }) => layer)).toEqual(['speech-embedding']);
    expect(info.inputShape.slice(1)).toEqual([32, 1]);
    expect(weights.byteLength).toBe(4 * (own + 4 * 96 + 2 * 96 + 2));
    expect(runHistory(library.db, runId).run.test?.['accuracy']).toBe(1);

    const { rows } = predictedRows(library.db, { runId, actual: null, predicted: null, offset: 0, limit: 4 });
    const version = getVersion(library.db, getProject(library.db, projectId).data!.versionId);
    const inputs = [];
    for await (const samples of streamClips(
      library,
      version,
      'sound',
      rows.map(({ index }) => index),
    )) {
      inputs.push({ kind: 'sound', samples, rate });
    }
    const answers = await predict(runId, inputs);
    rows.forEach(({ outputs, predicted }, at) => {
      expect(answers[at]?.predicted).toBe(predicted);
      outputs.forEach((value, place) => expect(answers[at]?.outputs[place]?.value).toBeCloseTo(value, 4));
    });
  },
  60_000,
);

test('where all of it is trained, the log says so', async () => {
  expect(await wordsOf(makeRun(await importSounds(), 'all', 1))).toEqual([
    'All of Speech embedding is trained, at 0.1 times the learning rate.',
  ]);
}, 60_000);
