/** Leakage on real tables and pictures: planted duplicates are counted by part and shown, clean data is clean, repairs repair. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Leakage, Split } from '../../contract';
import type { SetupChoices } from '../columns';
import { versionFolder } from '../paths';
import { randomSource } from '../random';
import { chooseSource } from '../source';
import { stageVersion, type StagedVersion } from '../stage';
import { divideRows } from '../target';
import { comparedColumns, findDuplicates, readDuplicates, unwatched } from './find';
import { readLeakage } from './leakage';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-leakage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
async function stage(files: Record<string, string | Uint8Array>, target: string | null): Promise<StagedVersion> {
  made += 1;
  mkdirSync(join(folder, String(made)));
  const paths = Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, String(made), name);
    writeFileSync(path, bytes);
    return path;
  });
  const source = await chooseSource(paths[0]!);
  const companions = await source.companions(paths[0]!);
  const identity = { versionId: `v${made}`, datasetId: 'd', datasetName: 'data', sha256: '', target };
  const request = { source, files: companions.map((path) => ({ path, name: basename(path) })), ...identity };
  return stageVersion({ ...request, folder: join(folder, `staged-${made}`) }, unwatched);
}

/** Rows in their order: the first 60 % train, the next 20 % validate, the last 20 % test. */
const inOrder: Split = { kind: 'ordered', column: null, validation: 0.2, test: 0.2 };

async function leakageOf({ library, version, start }: StagedVersion, split: Split): Promise<Leakage> {
  const setup = { ...start!.setup, split };
  const { parts } = await divideRows(library, version, setup);
  const leakage = await readLeakage(library, version, setup, parts);
  if (!leakage) throw new Error('Small data is compared at once');
  return leakage;
}
const none = { sets: 0, training: 0, validation: 0, test: 0 };

/** 100 different rows; `change` puts others in their places. */
function table(change: (rows: string[][]) => void): string {
  const next = randomSource(4);
  const rows = Array.from({ length: 100 }, (_, row) => [
    String(row + 1),
    (next() * 100).toFixed(6),
    ['red', 'green', 'blue'][row % 3]!,
    row % 2 ? 'odd' : 'even',
  ]);
  change(rows);
  return ['id,size,colour,kind', ...rows.map((row) => row.join(','))].join('\n');
}
/** Copies the inputs, not the number and the target. */
const copy = (rows: string[][], from: number, to: number, size = rows[from]![1]!, colour = rows[from]![2]!) => {
  rows[to] = [rows[to]![0]!, size, colour, rows[to]![3]!];
};

describe('rows of a table', () => {
  test('clean data is clean', async () => {
    const leakage = await leakageOf(await stage({ 'clean.csv': table(() => undefined) }, 'kind'), inOrder);
    expect(leakage).toMatchObject({ exact: none, near: none, examples: [], sets: { exact: 0, near: 0 } });
    // The number of the row and the target are no inputs.
    expect(leakage.columns).toEqual(['size', 'colour']);
  });

  test('planted duplicates are counted by part and shown side by side', async () => {
    const staged = await stage(
      {
        'planted.csv': table((rows) => {
          copy(rows, 3, 95); // training and test
          copy(rows, 4, 70); // training and validation
          copy(rows, 65, 90); // validation and test
          copy(rows, 1, 2); // both in training: no leakage
          copy(rows, 10, 99, String(Number(rows[10]![1]) + 0.000001)); // near: the fifth digit
          copy(rows, 11, 98, rows[11]![1], rows[11]![2]!.toUpperCase()); // near: written otherwise
        }),
      },
      'kind',
    );
    const leakage = await leakageOf(staged, inOrder);
    expect(leakage.sets).toEqual({ exact: 4, near: 6 });
    expect(leakage.exact).toEqual({ sets: 3, training: 2, validation: 1, test: 2 });
    expect(leakage.near).toEqual({ sets: 2, training: 2, validation: 0, test: 2 });
    const shown = leakage.examples.map(({ alike, rows }) => [alike, ...rows.map(({ index, part }) => [index, part])]);
    expect(shown).toContainEqual(['exact', [3, 'training'], [95, 'test']]);
    expect(shown).toContainEqual(['near', [11, 'training'], [98, 'test']]);
    expect(leakage.examples[0]!.rows[0]!.values).toHaveLength(4);
  });

  test('kept together, none is on two sides; left out, training and validation shrink and the test does not', async () => {
    const staged = await stage(
      {
        'many.csv': table((rows) => {
          for (let row = 0; row < 20; row += 1) copy(rows, row, row + 50);
        }),
      },
      'kind',
    );
    const random: Split = { kind: 'random', seed: 1, validation: 0.2, test: 0.2, stratified: true };
    const before = await leakageOf(staged, random);
    expect(before.exact.sets).toBeGreaterThan(5);
    const together: Split = { ...random, duplicates: { alike: 'exact', action: 'together' } };
    expect(await leakageOf(staged, together)).toMatchObject({ exact: none, near: none, sets: { exact: 20 } });
    const leftOut: Split = { ...random, duplicates: { alike: 'near', action: 'left-out' } };
    expect((await leakageOf(staged, leftOut)).exact).toEqual(none);
    const setup = (split: Split): SetupChoices => ({ ...staged.start!.setup, split });
    const divide = (split: Split) => divideRows(staged.library, staged.version, setup(split));
    const [whole, less, kept] = [await divide(random), await divide(leftOut), await divide(together)];
    const count = ({ parts }: { parts: Uint8Array }, part: number) => parts.filter((code) => code === part).length;
    expect(count(less, 2)).toBe(count(whole, 2));
    expect(less.split.leftOut).toBe(100 - count(less, 0) - count(less, 1) - count(less, 2));
    expect(less.split.leftOut).toBeGreaterThan(5);
    expect(kept.split.groups).toMatchObject({ test: expect.any(Number) });
    expect(count(kept, 2)).toBeGreaterThanOrEqual(18);
    expect(count(kept, 2)).toBeLessThanOrEqual(22);
  });

  test('groups that share a duplicate become one', async () => {
    const staged = await stage(
      {
        'groups.csv': table((rows) => {
          for (const [row, each] of rows.entries()) each[0] = `G${Math.floor(row / 5)}`;
          copy(rows, 0, 99); // G0 and G19
          copy(rows, 1, 50); // G0 and G10
        }),
      },
      'kind',
    );
    const split: Split = {
      kind: 'grouped',
      column: 'id',
      seed: 2,
      validation: 0.2,
      test: 0.2,
      stratified: false,
      duplicates: { alike: 'exact', action: 'together' },
    };
    const { parts, split: facts } = await divideRows(staged.library, staged.version, { ...staged.start!.setup, split });
    expect(new Set([0, 4, 50, 54, 95, 99].map((row) => parts[row])).size).toBe(1);
    const { training, validation, test: last } = facts.groups!;
    expect(training + validation + last).toBe(18);
  });
});

test('changed copies of texts are near, whatever else the rows hold', async () => {
  const texts = Array.from({ length: 60 }, (_, row) => {
    const next = randomSource(row, 9);
    return Array.from({ length: 25 }, () => `w${Math.floor(next() * 5000)}`).join(' ');
  });
  texts[58] = `${texts[2]!.replace(/w\d+$/, 'end')}!`;
  texts[59] = texts[3]!.toUpperCase();
  const lines = texts.map((text, row) => `"${text}",${row % 2 ? 'a' : 'b'},${(row * 13) % 7}`);
  const leakage = await leakageOf(
    await stage({ 'texts.csv': ['text,kind,stars', ...lines].join('\n') }, 'kind'),
    inOrder,
  );
  expect(leakage.columns).toEqual(['text', 'stars']);
  expect(leakage.exact).toEqual(none);
  expect(leakage.near).toMatchObject({ sets: 2, training: 2, test: 2 });
});

/** IDX files as MNIST has them; only `count` and sides vary. */
function idx(pictures: readonly Uint8Array[], side: number): Uint8Array {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(0x00000803, 0);
  head.writeUInt32BE(pictures.length, 4);
  head.writeUInt32BE(side, 8);
  head.writeUInt32BE(side, 12);
  return Buffer.concat([head, ...pictures]);
}
function idxLabels(labels: readonly number[]): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(0x00000801, 0);
  head.writeUInt32BE(labels.length, 4);
  return Buffer.concat([head, Buffer.from(labels)]);
}

test('pictures equal in bytes, and nearly, across the parts that the data names', async () => {
  const side = 20;
  const pictures = Array.from({ length: 50 }, (_, place) => {
    const next = randomSource(place, 21);
    const [x, y, wide, tall] = [next() * 12, next() * 12, 3 + next() * 9, 3 + next() * 9];
    return Uint8Array.from({ length: side * side }, (_, at) => {
      const inside = at % side > x && at % side < x + wide && at / side > y && at / side < y + tall;
      return (inside ? 200 : 20) + Math.floor(next() * 30);
    });
  });
  pictures[45] = pictures[5]!.slice();
  pictures[46] = pictures[6]!.map((value) => Math.min(255, value + 7));
  const labels = pictures.map((_, place) => place % 2);
  const staged = await stage(
    {
      'train-images-idx3-ubyte': idx(pictures.slice(0, 40), side),
      'train-labels-idx1-ubyte': idxLabels(labels.slice(0, 40)),
      't10k-images-idx3-ubyte': idx(pictures.slice(40), side),
      't10k-labels-idx1-ubyte': idxLabels(labels.slice(40)),
    },
    null,
  );
  const split: Split = { kind: 'given', seed: 1, validation: 0, stratified: true };
  const leakage = await leakageOf(staged, split);
  expect(leakage.exact).toEqual({ sets: 1, training: 1, validation: 0, test: 1 });
  expect(leakage.near).toEqual({ sets: 1, training: 1, validation: 0, test: 1 });
  expect(leakage.examples.map(({ rows }) => rows.map(({ index }) => index))).toEqual([
    [5, 45],
    [6, 46],
  ]);
});

test('what was found is kept with the version, and a file that is cut off is made again', async () => {
  const { library, version, start } = await stage({ 'kept.csv': table((rows) => copy(rows, 1, 90)) }, 'kind');
  const columns = comparedColumns(version, start!.setup);
  expect(await readDuplicates(library, version, columns)).toBeNull();
  const found = await findDuplicates(library, version, columns, unwatched);
  expect(found.exact[90]).toBe(1);
  expect(await readDuplicates(library, version, columns)).toEqual(found);
  expect(await readDuplicates(library, version, ['size'])).toBeNull();
  const file = readdirSync(versionFolder(library, version.id)).find((name) => name.startsWith('duplicates-'))!;
  truncateSync(join(versionFolder(library, version.id), file), 100);
  expect(await readDuplicates(library, version, columns)).toBeNull();
  expect(await findDuplicates(library, version, columns, unwatched)).toEqual(found);
});

test('a cancelled search leaves nothing behind', async () => {
  const { library, version, start } = await stage({ 'cancelled.csv': table(() => undefined) }, 'kind');
  const signal = AbortSignal.abort(new Error('enough'));
  const columns = comparedColumns(version, start!.setup);
  await expect(findDuplicates(library, version, columns, { signal, progress: () => undefined })).rejects.toThrow(
    'enough',
  );
  expect(readdirSync(versionFolder(library, version.id))).toEqual(['rows.parquet']);
});
