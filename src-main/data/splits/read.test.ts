/** Splits of real tables: by a column of any type, in order, as a column says; what came of it; coded refusals. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatasetVersion, Split } from '../../contract';
import { splitSchema } from '../../contract';
import { describeSetup } from '../describe';
import type { LibraryPaths } from '../paths';
import { chooseSource } from '../source';
import { stageVersion } from '../stage';
import { divideRows } from '../target';

let folder: string;
let visits: Staged;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-splits-'));
  visits = await stage(visitsCsv());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Staged {
  readonly version: DatasetVersion;
  readonly library: LibraryPaths;
}

let made = 0;
async function stage(text: string): Promise<Staged> {
  made += 1;
  const path = join(folder, `table-${made}.csv`);
  writeFileSync(path, text);
  const identity = { versionId: `v${made}`, datasetId: 'd', datasetName: 'table', sha256: '' };
  const own = { ...identity, folder: join(folder, `staged-${made}`), target: 'ill' };
  const context = { signal: new AbortController().signal, progress: () => undefined };
  return stageVersion({ source: await chooseSource(path), files: [{ path, name: 'table.csv' }], ...own }, context);
}

/** 120 visits of 30 patients (three visits name none) over 120 days (two have no date), with a column that names parts. */
function visitsCsv(): string {
  const rows = Array.from({ length: 120 }, (_, row) => {
    const patient = row % 40 === 7 ? '' : `P${row % 30}`;
    const date =
      row === 5 || row === 6 ? '' : new Date(Date.UTC(2024, 0, 1 + ((row * 37) % 120))).toISOString().slice(0, 10);
    const use = ['Train', 'train', 'dev', 'TEST'][row % 4]!;
    return [patient, row % 30, date, use, ['x', 'y', 'z'][row % 3], (row * 7) % 11, row % 2 ? 'yes' : 'no'].join(',');
  });
  return ['patient,number,date,use,lot,value,ill', ...rows].join('\n');
}

const shares = { seed: 3, validation: 0.2, test: 0.2, stratified: true };
function setupOf(split: Split) {
  return { task: 'table-classification', target: 'ill', types: {}, split };
}
const divide = (split: Split) => divideRows(visits.library, visits.version, setupOf(split));

describe('by groups', () => {
  test.each(['patient', 'number', 'date', 'lot'])(
    'of the column %s: whole, counted, missing ones alone',
    async (column) => {
      const { parts, split } = await divide({ kind: 'grouped', column, ...shares });
      const groups = (part: number) =>
        new Set(
          visitsCsv()
            .split('\n')
            .slice(1)
            .map((line) => line.split(',')[['patient', 'number', 'date', 'use', 'lot'].indexOf(column)])
            .map((value, row) => (value === '' ? `row ${row}` : value))
            .filter((_, row) => parts[row] === part),
        );
      const sets = [0, 1, 2].map(groups);
      for (const [one, other] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const) {
        expect([...sets[one]!].filter((value) => sets[other]!.has(value))).toEqual([]);
      }
      expect(split.groups).toEqual({ training: sets[0]!.size, validation: sets[1]!.size, test: sets[2]!.size });
      expect(split.withoutValue).toBe({ patient: 3, number: 0, date: 2, lot: 0 }[column]);
    },
  );
});

test('in order of a date: parts follow each other, and those without a date train', async () => {
  const { parts, split } = await divide({ kind: 'ordered', column: 'date', validation: 0.2, test: 0.2 });
  expect([parts[5], parts[6], split.withoutValue]).toEqual([0, 0, 2]);
  const { training, validation, test: last } = split.ranges!;
  expect(training!.from).toBe('2024-01-01');
  expect(training!.to < validation!.from && validation!.to < last!.from).toBe(true);
  expect(last!.to).toBe('2024-04-29');
});

test.each([
  ['Jan 1949', 'Feb 1949', 'Apr 1949'],
  ['1949-9', '1949-10', '1950-1'],
  ['Q4 1949', 'Q1 1950', 'Q2 1950'],
  ['1948', '1949', '1950'],
])('%s comes before %s, and %s last', async (...periods) => {
  const places = Array.from({ length: 30 }, (_, row) => (row * 7) % 3);
  const lines = places.map((place) => `${periods[place]},${place},${place % 2 ? 'yes' : 'no'}`);
  const { library, version } = await stage(['when,value,ill', ...lines].join('\n'));
  const split = { kind: 'ordered', column: 'when', validation: 1 / 3, test: 1 / 3 } as const;
  const { parts } = await divideRows(library, version, setupOf(split));
  expect([...parts]).toEqual(places);
});

test('in order of dates that begin with the day', async () => {
  const days = Array.from({ length: 40 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + ((day * 7) % 40))));
  const written = days.map((day) => `${day.getUTCDate()}/${day.getUTCMonth() + 1}/2024`);
  const { version, library } = await stage(
    ['day,x,ill', ...written.map((day, row) => `${day},${row},${row % 2 ? 'yes' : 'no'}`)].join('\n'),
  );
  expect(version.columns[0]?.type).toBe('date');
  const { parts } = await divideRows(library, version, setupOf({ kind: 'ordered', column: 'day', ...shares }));
  const latest = (part: number) => Math.max(...days.filter((_, row) => parts[row] === part).map(Number));
  const earliest = (part: number) => Math.min(...days.filter((_, row) => parts[row] === part).map(Number));
  expect([latest(0) < earliest(1), latest(1) < earliest(2)]).toEqual([true, true]);
});

test('in order of the rows', async () => {
  const { parts, split } = await divide({ kind: 'ordered', column: null, validation: 0.25, test: 0.25 });
  expect([...parts]).toEqual(Array.from({ length: 120 }, (_, row) => (row < 60 ? 0 : row < 90 ? 1 : 2)));
  expect(split.ranges).toEqual({
    training: { from: '1', to: '60' },
    validation: { from: '61', to: '90' },
    test: { from: '91', to: '120' },
  });
});

describe('as a column says', () => {
  const given = { kind: 'given', seed: 1, validation: 0.5, stratified: false } as const;

  test('words for parts are known in any case, and nothing is drawn beside them', async () => {
    const { parts } = await divide({ ...given, column: 'use' });
    expect([...parts]).toEqual(Array.from({ length: 120 }, (_, row) => [0, 0, 1, 2][row % 4]));
  });

  test('other values mean what the person says; validation is drawn where none is named', async () => {
    const { parts, split } = await divide({ ...given, column: 'lot', values: { x: 'training', y: 'test', z: 'none' } });
    expect([1, 4, 7].map((row) => parts[row])).toEqual([2, 2, 2]);
    expect(split.leftOut).toBe(40);
    expect(parts.filter((part) => part === 1)).toHaveLength(20);
  });

  test('a value that nothing is said of is refused by name', async () => {
    await expect(divide({ ...given, column: 'lot', values: { x: 'test' } })).rejects.toMatchObject({
      code: 'split-values-unknown',
      parameters: { column: 'lot', count: 2, values: 'y, z' },
    });
    await expect(divide({ ...given, column: 'date' })).rejects.toMatchObject({ code: 'split-values-too-many' });
    await expect(divide(given)).rejects.toMatchObject({ code: 'split-given-missing' });
  });
});

test('refusals name the column', async () => {
  await expect(divide({ kind: 'grouped', column: 'doctor', ...shares })).rejects.toMatchObject({
    code: 'split-column-missing',
    parameters: { column: 'doctor' },
  });
  await expect(divide({ kind: 'ordered', column: 'patient', validation: 0.2, test: 0.2 })).rejects.toMatchObject({
    code: 'split-without-order',
  });
  const setup = setupOf({ kind: 'grouped', column: 'ill', ...shares });
  await expect(describeSetup(visits.library, visits.version, setup)).rejects.toMatchObject({
    code: 'split-groups-too-few',
    parameters: { groups: 2 },
  });
});

test('setups of earlier versions are read as they were', () => {
  const kept = [
    { kind: 'random', seed: 1, validation: 0.15, test: 0.15, stratified: true },
    { kind: 'given', seed: 4294967295, validation: 0.1, stratified: false },
  ];
  for (const split of kept) expect(splitSchema.parse(split)).toEqual(split);
});
