/** Pictures by chosen steps: smaller ones are made once, others are read where they lie, and training rows alone are learnt from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataSetup, DatasetVersion, Step } from '../contract';
import { encodeInputs } from './encode';
import { openPrepared } from './open-prepared';
import type { LibraryPaths } from './paths';
import { allInputs, prepareData, readInputs } from './prepare';
import { preparationSchema } from './prepared';
import { previewSteps } from './preview';
import { RowFile } from './row-file';
import { chooseSource } from './source';
import { stageVersion } from './stage';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-picture-steps-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 60;
const [height, width] = [6, 8];
const size = height * width;

function idx(dimensions: readonly number[], values: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.set([0, 0, 8, dimensions.length]);
  for (const [at, side] of dimensions.entries()) head.writeUInt32BE(side, 4 + 4 * at);
  return Buffer.concat([head, values]);
}

let made = 0;
async function stage(
  pixels: Uint8Array,
): Promise<{ version: DatasetVersion; library: LibraryPaths; setup: DataSetup }> {
  made += 1;
  const names = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'].map((name) => ({ name: `${made}-${name}` }));
  const files = names.map(({ name }) => ({ name, path: join(folder, name) }));
  writeFileSync(files[0]!.path, idx([rows, height, width], pixels));
  writeFileSync(
    files[1]!.path,
    idx(
      [rows],
      Uint8Array.from({ length: rows }, (_, row) => row % 2),
    ),
  );
  const identity = { versionId: `version-${made}`, datasetId: 'dataset', datasetName: 'pictures', sha256: '' };
  const staged = await stageVersion(
    {
      source: await chooseSource(files[0]!.path),
      files,
      target: null,
      ...identity,
      folder: join(folder, `staged-${made}`),
    },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  return {
    version: staged.version,
    library: staged.library,
    setup: { versionId: staged.version.id, ...staged.start!.setup },
  };
}

const plain = Uint8Array.from({ length: rows * size }, (_, at) => (at * 31 + Math.floor(at / size) * 7) % 256);
const withSteps = (setup: DataSetup, version: DatasetVersion, ...steps: Step[]): DataSetup => {
  const column = version.columns.find(({ image }) => image !== null)!.name;
  return { ...setup, steps: { [column]: steps } };
};
const step = (type: string, fields: Step['fields'] = {}): Step => ({ type, fields });

describe('smaller pictures', () => {
  test('are the same for all rows, some rows, a person’s pixels and from the cache', async () => {
    const { library, version, setup: before } = await stage(plain);
    const setup = withSteps(
      before,
      version,
      step('crop', { height: 6, width: 6 }),
      step('resize', { height: 3, width: 3 }),
    );
    const data = await prepareData(library, version, setup);
    expect(data.inputShape).toEqual([3, 3, 1]);
    expect(data.inputs).toHaveLength(rows * 9);
    const saved = preparationSchema.parse(JSON.parse(JSON.stringify(data.preparation)));
    expect(saved).toEqual(data.preparation);
    const some = [...data.inputs.subarray(9 * 7, 9 * 8), ...data.inputs.subarray(0, 9)];
    expect([...(await readInputs(library, version, saved, [7, 0])).inputs]).toEqual(some);
    const given = [7, 0].map((row) => ({
      kind: 'pixels' as const,
      pixels: plain.subarray(row * size, (row + 1) * size),
    }));
    expect([...encodeInputs(saved, given).inputs]).toEqual(some);
    const small = { kind: 'pixels' as const, pixels: Uint8Array.from(some.slice(0, 9)) };
    expect([...encodeInputs(saved, [small]).inputs]).toEqual(some.slice(0, 9));
    expect(() => encodeInputs(saved, [{ kind: 'pixels', pixels: new Uint8Array(10) }])).toThrow('3 × 3 × 1');

    const place = { folder: join(folder, 'tensors'), temporary: join(folder, 'temporary') };
    for (const expected of ['made', 'found']) {
      let progress = 0;
      const options = { place, signal: new AbortController().signal, progress: () => (progress += 1) };
      const opened = await openPrepared(library, version, setup, options);
      expect(opened.inputs).toBeInstanceOf(RowFile);
      expect((opened.inputs as RowFile).readAll()).toEqual(data.inputs);
      expect(progress > 0 ? 'made' : 'found').toBe(expected);
      await opened.close();
    }
  });
});

describe('the range of pixels', () => {
  test('leaves bytes as they lie and is learnt from training rows alone', async () => {
    const first = await stage(plain);
    const setup = withSteps(first.setup, first.version, step('pixel-range', { range: 'standardize' }));
    const before = await prepareData(first.library, first.version, setup);
    expect(before.inputs).toEqual(plain);
    const training = [...before.parts.training].flatMap((row) => [...plain.subarray(row * size, (row + 1) * size)]);
    const mean = training.reduce((sum, pixel) => sum + pixel / 255, 0) / training.length;
    const variance = training.reduce((sum, pixel) => sum + (pixel / 255 - mean) ** 2, 0) / training.length;
    expect(before.normalization!.mean[0]).toBeCloseTo(mean, 12);
    expect(before.normalization!.deviation[0]).toBeCloseTo(Math.sqrt(variance), 12);

    const change = (changed: Iterable<number>) => {
      const pixels = plain.slice();
      for (const row of changed) pixels.fill(255, row * size, (row + 1) * size);
      return pixels;
    };
    const fitted = async (pixels: Uint8Array) => {
      const { library, version, setup: own } = await stage(pixels);
      return prepareData(library, version, { ...setup, versionId: own.versionId });
    };
    const held = await fitted(change([...before.parts.test, ...before.parts.validation]));
    expect(held.preparation).toEqual(before.preparation);
    expect((await fitted(change([before.parts.training[0]!]))).preparation).not.toEqual(before.preparation);
  });

  test('pictures without chosen steps are prepared as before there were any', async () => {
    const { library, version, setup } = await stage(plain);
    const { preparation, normalization, scale } = await prepareData(library, version, setup);
    expect(preparation).toMatchObject({ v: 1, inputs: [{ kind: 'pixels', shape: [6, 8, 1], scale: 1 / 255 }] });
    expect([normalization, scale]).toEqual([null, 1 / 255]);
    expect(await allInputs(library, version, preparation)).toEqual(plain);
  });
});

test('before and after: the pictures themselves, and how their pixels spread', async () => {
  const { library, version, setup: before } = await stage(plain);
  const setup = withSteps(
    before,
    version,
    step('resize', { height: 3, width: 4 }),
    step('pixel-range', { range: 'minus-one-to-one' }),
  );
  const column = Object.keys(setup.steps!)[0]!;
  const { rows: shown, stages } = await previewSteps(library, version, setup, column, [5, 2]);
  expect(shown).toEqual([5, 2]);
  expect(stages.map(({ width: numbers }) => numbers)).toEqual([48, 12, 12]);
  expect([...stages[0]!.pictures!.pixels.subarray(0, size)]).toEqual([...plain.subarray(5 * size, 6 * size)]);
  expect(stages[1]!.pictures).toMatchObject({ height: 3, width: 4, channels: 1 });
  expect(stages[0]!.spread).toMatchObject({ kind: 'bins', low: 0, high: 1 });
  const last = stages[2]!.spread!;
  if (last.kind !== 'bins') throw new Error('no bins');
  expect(last.low).toBeLessThan(0);
  await expect(
    previewSteps(library, version, withSteps(before, version, step('log')), column, []),
  ).rejects.toMatchObject({ code: 'step-out-of-place' });
});
