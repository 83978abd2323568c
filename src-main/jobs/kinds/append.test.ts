/** Rows that are added to a version: their cells, pictures and sounds, and a split in which no row that was there moves. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppendResult, DatasetVersion, DataSetup, ImportResult } from '../../contract';
import { compareVersions } from '../../data/compare';
import { readPictures } from '../../data/pictures';
import { readRows } from '../../data/rows';
import { readClip } from '../../data/sounds/clips';
import { encodeWav } from '../../data/sounds/wav-file';
import { divideRows } from '../../data/target';
import { getVersion } from '../../storage/datasets';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import { removeVersion } from '../../storage/version-files';
import { listVersions } from '../../storage/versions';
import type { JobContext } from '../definition';
import { appendJob } from './append';
import { importJob } from './import';

let folder: string;
let library: Library;
let jobs = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-append-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(): JobContext {
  const nothing = () => undefined;
  const [resources, { signal }] = [resolve('resources'), new AbortController()];
  jobs += 1;
  const rest = { progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing };
  return { jobId: `job-${jobs}`, library, resources, signal, ...rest };
}

async function imported(path: string): Promise<{ version: DatasetVersion; setup: DataSetup; projectId: string }> {
  const input = { source: { kind: 'file' as const, path }, name: null, target: null };
  const { versionId, projectId } = (await importJob.run(input, context())) as ImportResult;
  const setup = getProject(library.db, projectId).data;
  if (!setup) throw new Error('Nothing was proposed');
  return { version: getVersion(library.db, versionId), setup, projectId };
}

async function appended(base: DatasetVersion, path: string): Promise<DatasetVersion> {
  const input = { source: { kind: 'file' as const, path }, versionId: base.id };
  const { versionId } = (await appendJob.run(input, context())) as AppendResult;
  return getVersion(library.db, versionId);
}

async function partsOf(version: DatasetVersion, setup: DataSetup): Promise<number[]> {
  return [...(await divideRows(library, version, setup)).parts];
}

async function cellsOf(version: DatasetVersion, setup: DataSetup, offset: number) {
  const query = { setup: { ...setup, versionId: version.id }, part: null, label: null, search: '', offset, limit: 50 };
  return (await readRows(library, version, query)).rows.map(({ values }) => values);
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const shares = (parts: readonly number[]) => [0, 1, 2].map((part) => parts.filter((one) => one === part).length);

describe('a table', () => {
  const rows = (first: number, count: number, person = 0) =>
    Array.from({ length: count }, (_, at) => {
      const number = first + at;
      return `${number},${(number * 7) % 13},p${person + Math.floor(number / 5)},${number % 3 ? 'yes' : 'no'}\n`;
    }).join('');
  const head = 'size,weight,person,label\n';

  test('gets the rows under its own columns, whatever their order, and its project goes on with the new version', async () => {
    const { version, setup, projectId } = await imported(write('one.csv', head + rows(0, 300)));
    const next = await appended(version, write('two.csv', `label,size,weight,person\n7,1.5,2,new\n,3,4,\n`));
    expect(next).toMatchObject({ number: 2, rowCount: 302, datasetId: version.datasetId });
    expect(await cellsOf(next, setup, 300)).toEqual([
      [1.5, 2, 'new', '7'],
      [3, 4, null, null],
    ]);
    expect(next.columns[3]).toMatchObject({ name: 'label', type: 'category', missing: 1, distinct: 3 });
    expect(getProject(library.db, projectId).data).toEqual({ ...setup, versionId: next.id });
    expect(listVersions(library.db, version.datasetId)[0]).toMatchObject({
      parentId: version.id,
      changes: { rows: 2 },
    });
    const compared = await compareVersions(library, version, next, 'label');
    expect(compared).toMatchObject({ added: { count: 2 }, removed: { count: 0 }, changed: [] });
  });

  test.each(['random', 'grouped'] as const)(
    '%s: rows keep their part, new ones get theirs by the shares',
    async (kind) => {
      const { version, setup: proposed } = await imported(write('one.csv', head + rows(0, 600)));
      const shared = { seed: 3, validation: 0.2, test: 0.2 };
      const split =
        kind === 'random'
          ? { kind, ...shared, stratified: true as const }
          : { kind, ...shared, column: 'person', stratified: false as const };
      const setup: DataSetup = { ...proposed, split };
      const first = await partsOf(version, setup);
      const second = await appended(version, write('two.csv', head + rows(600, 1000)));
      const afterSecond = await partsOf(second, setup);
      expect(afterSecond.slice(0, 600)).toEqual(first);
      const [training = 0, ...others] = shares(afterSecond.slice(600));
      // 1,000 draws alone, or of 200 persons with five rows each: four standard deviations of the latter are 11 %.
      expect(Math.abs(training / 1000 - 0.6)).toBeLessThan(0.14);
      for (const count of others) expect(Math.abs(count / 1000 - 0.2)).toBeLessThan(0.12);
      const third = await appended(second, write('three.csv', head + rows(1600, 300)));
      expect((await partsOf(third, setup)).slice(0, 1600)).toEqual(afterSecond);
      if (kind === 'random') return;
      const people = (await partsOf(third, setup)).map((part, row) => `${Math.floor(row / 5)} ${part}`);
      expect(new Set(people).size).toBe(380);
    },
  );

  test('two versions with rows added to one have none of them in common', async () => {
    const { version } = await imported(write('one.csv', head + rows(0, 50)));
    const [one, other] = [
      await appended(version, write('two.csv', head + rows(50, 10))),
      await appended(version, write('three.csv', head + rows(60, 10))),
    ];
    expect(await compareVersions(library, one, other, null)).toMatchObject({
      added: { count: 10 },
      removed: { count: 10 },
      changed: [],
    });
  });

  test('other columns, or words where numbers stand, are refused and nothing is left', async () => {
    const { version } = await imported(write('one.csv', head + rows(0, 50)));
    const wrong = { dataset: 'one', missing: 'label', extra: 'colour' };
    const columns = write('two.csv', 'size,weight,person,colour\n1,2,a,red\n');
    await expect(appended(version, columns)).rejects.toMatchObject({
      code: 'append-columns-differ',
      parameters: wrong,
    });
    const words = write('three.csv', `${head}big,2,a,yes\n3,4,b,no\n`);
    await expect(appended(version, words)).rejects.toMatchObject({
      code: 'append-value-differs',
      parameters: { column: 'size', count: 1, value: 'big' },
    });
    expect(readdirSync(library.paths.versions)).toEqual([version.id]);
    expect(readdirSync(library.paths.temporary)).toEqual([]);
  });
});

/** A folder of one-coloured pictures, one folder for each class. */
function pictures(name: string, side: number, classes: Readonly<Record<string, readonly string[]>>): string {
  for (const [label, colours] of Object.entries(classes)) {
    mkdirSync(join(folder, name, label), { recursive: true });
    for (const [at, colour] of colours.entries()) {
      const canvas = createCanvas(side, side);
      const context = canvas.getContext('2d');
      context.fillStyle = colour;
      context.fillRect(0, 0, side, side);
      writeFileSync(join(folder, name, label, `${at}.png`), canvas.toBuffer('image/png'));
    }
  }
  return join(folder, name);
}

test('pictures of another size and without colour are shown in the frame of those that were there', async () => {
  const { version } = await imported(pictures('one', 8, { a: ['#ff0000', '#00ff00'], b: ['#0000ff', '#ffff00'] }));
  const before = readdirSync(library.paths.blobs);
  const next = await appended(version, pictures('two', 20, { c: ['#808080', '#ffffff'], a: ['#000000'] }));
  expect(next.rowCount).toBe(7);
  const { height, width, channels, pixels } = await readPictures(library, next, 'picture', [0, 1, 2, 3, 4, 5, 6]);
  expect([height, width, channels]).toEqual([8, 8, 3]);
  const colours = Array.from({ length: 7 }, (_, at) => [...pixels.subarray(192 * at + 96, 192 * at + 99)].join());
  expect(colours).toEqual([
    ...['255,0,0', '0,255,0', '0,0,255', '255,255,0'],
    ...['0,0,0', '128,128,128', '255,255,255'],
  ]);
  const labels = next.columns.find(({ name }) => name === 'label');
  expect(labels?.categories.map(({ value, count }) => `${value} ${count}`).sort()).toEqual(['a 3', 'b 2', 'c 2']);
  const copied = before.reduce((sum, blob) => sum + statSync(join(library.paths.blobs, blob)).size, 0);
  expect(listVersions(library.db, version.datasetId)[0]?.changes).toMatchObject({ rows: 3, copied });
  // Pixels and files of both: the older version has its own still.
  expect(readdirSync(library.paths.blobs)).toHaveLength(4);
  const { pixels: old } = await readPictures(library, version, 'picture', [3]);
  expect([...old.subarray(0, 3)]).toEqual([255, 255, 0]);
  await removeVersion(library, version.id);
  const { image } = next.columns.find(({ name }) => name === 'picture')!;
  expect(readdirSync(library.paths.blobs).sort()).toEqual([image!.blob, image!.originals].sort());
});

test('a column that the pictures do not have is left out, and the version tells its name', async () => {
  const { version } = await imported(pictures('one', 8, { a: ['#ff0000', '#00ff00'], b: ['#0000ff', '#ffff00'] }));
  const more = pictures('two', 8, { a: ['#000000'], b: ['#ffffff'] });
  writeFileSync(join(more, 'table.csv'), 'file,label,weather\na/0.png,a,rain\nb/0.png,b,sun\n');
  const next = await appended(version, more);
  expect(next.columns.map(({ name }) => name)).toEqual(version.columns.map(({ name }) => name));
  expect(listVersions(library.db, version.datasetId)[0]?.changes).toMatchObject({ rows: 2, unmatched: ['weather'] });
});

test('sounds of another rate are converted to the rate of those that were there', async () => {
  const sounds = (name: string, rate: number, value: number) => {
    for (const label of ['a', 'b']) {
      mkdirSync(join(folder, name, label), { recursive: true });
      const samples = Int16Array.from({ length: rate / 10 }, (_, at) => (at % 2 ? value : value / 2));
      const wav = encodeWav(new Uint8Array(samples.buffer), rate);
      for (const file of ['1.wav', '2.wav', '3.wav']) writeFileSync(join(folder, name, label, file), wav);
    }
    return join(folder, name);
  };
  const { version } = await imported(sounds('one', 16_000, 8000));
  const next = await appended(version, sounds('two', 8000, 4000));
  const column = next.columns.find(({ audio }) => audio)!;
  expect(column.audio).toMatchObject({ rate: 16_000 });
  const clip = (of: DatasetVersion, row: number) => readClip(library, of, column.name, row);
  expect(await clip(next, 1)).toEqual(await clip(version, 1));
  expect((await clip(next, 6)).samples).toHaveLength(2 * 1600);
  await expect(appended(version, write('table.csv', 'x,label\n1,a\n2,b\n'))).rejects.toMatchObject({
    code: 'append-kind-differs',
  });
});
