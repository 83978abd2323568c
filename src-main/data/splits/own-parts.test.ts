/** The data's own parts, as folders name them: taken as they are, drawn where there are none; kept setups keep their rows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startingSplit } from '../../catalog';
import { splitSchema, type Split } from '../../contract';
import { queryRows } from '../duckdb';
import { describeSetup } from '../describe';
import { rowsFile } from '../paths';
import { chooseSource } from '../source';
import { literal } from '../sql';
import { stageVersion, type StagedVersion } from '../stage';
import { divideRows } from '../target';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-own-parts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts of two classes: so many of each per part. */
async function stage(name: string, parts: Readonly<Record<string, number>>): Promise<StagedVersion> {
  const path = join(folder, name);
  for (const [part, count] of Object.entries(parts)) {
    for (let place = 0; place < 2 * count; place += 1) {
      const file = join(path, part, place % 2 ? 'pos' : 'neg', `${place}.txt`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `Text ${place} of ${part}`);
    }
  }
  const source = await chooseSource(path);
  const files = (await source.companions(path)).map((each) => ({ path: each, name }));
  const identity = { versionId: `v-${name}`, datasetId: 'd', datasetName: name, sha256: '' };
  const own = { ...identity, folder: join(folder, `staged-${name}`), target: 'label' };
  const context = { signal: new AbortController().signal, progress: () => undefined };
  return stageVersion({ source, files, ...own }, context);
}

async function partsOf({ version, library, start }: StagedVersion, split: Split) {
  const setup = { ...start!.setup, split };
  const [divided, described, named] = await Promise.all([
    divideRows(library, version, setup),
    describeSetup(library, version, setup),
    queryRows(`SELECT c2 FROM ${literal(rowsFile(library, version.id))} ORDER BY _index`),
  ]);
  return { parts: [...divided.parts], facts: described.split, counts: described.counts, files: named.map(String) };
}

/** Part codes by the folder of a file. */
const codeOf = (file: string) => ({ train: 0, validation: 1, test: 2 })[file.split('/')[0]!];

describe('train, validation and test', () => {
  let staged: StagedVersion;
  beforeAll(async () => {
    staged = await stage('three', { train: 30, validation: 10, test: 5 });
  });

  test('are taken as they are named, and the import proposes that', async () => {
    const split = staged.start!.setup.split;
    expect(split).toEqual(startingSplit(staged.version, true));
    const { parts, facts, counts, files } = await partsOf(staged, split);
    expect(parts).toEqual(files.map(codeOf));
    expect(counts).toEqual({ training: 60, validation: 20, test: 10 });
    expect(facts.given).toEqual(counts);
  });

  test('as kept before validation rows were read: the same rows are drawn as then', async () => {
    const kept = splitSchema.parse({ kind: 'given', seed: 1, validation: 0.1, stratified: true });
    const { parts, facts, files } = await partsOf(staged, kept);
    // Taken from the code before that: a kept run must find the rows that it was trained on.
    expect(files.filter((_, row) => parts[row] === 1)).toEqual([
      ...['train/neg/20.txt', 'train/neg/36.txt', 'train/pos/27.txt', 'train/pos/35.txt', 'train/pos/37.txt'],
      ...['train/pos/9.txt', 'validation/neg/14.txt', 'validation/neg/6.txt'],
    ]);
    expect(files.filter((_, row) => parts[row] === 2).every((file) => file.startsWith('test/'))).toBe(true);
    expect(facts.given).toEqual({ training: 60, validation: 20, test: 10 });
  });
});

test('a part that no folder names is drawn from training: the test beside validation', async () => {
  const staged = await stage('two', { train: 30, val: 10 });
  expect(staged.version.hasGivenSplit).toBe(true);
  const { parts, counts, files } = await partsOf(staged, startingSplit(staged.version, true));
  expect(counts).toEqual({ training: 51, validation: 20, test: 9 });
  expect(files.every((file, row) => file.startsWith('val/') === (parts[row] === 1))).toBe(true);
});

test('a folder called dev beside others is no part', async () => {
  const staged = await stage('none', { dev: 15, ops: 15 });
  expect(staged.version.hasGivenSplit).toBe(false);
  expect(staged.start!.setup.split.kind).toBe('random');
});
