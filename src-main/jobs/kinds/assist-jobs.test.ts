/** Proposals, replay and merge as the real jobs over a real library: a column that edits added, texts, files with what goes wrong. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { surerThan, type DatasetVersion } from '../../contract';
import { readMerge, readProposals, readReplay } from '../../data/assist/assist-files';
import { versionFolder } from '../../data/paths';
import { randomSource } from '../../data/random';
import { getVersion } from '../../storage/datasets';
import { appendEdits } from '../../storage/edits';
import { openLibrary, type Library } from '../../storage/library';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { mergeLabelsJob } from './merge-labels';
import { proposeLabelsJob } from './propose-labels';
import { replayLabelsJob } from './replay-labels';

const ROWS = 400;
let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-assist-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(signal = new AbortController().signal): JobContext {
  const nothing = () => undefined;
  const others = { progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing };
  return { jobId: 'job-1', library, resources: folder, signal, ...others };
}

const words = { good: ['fine', 'lovely', 'great', 'warm'], bad: ['dull', 'awful', 'cold', 'poor'] } as const;
const kindOf = (row: number) => (row % 2 === 0 ? 'good' : 'bad');

async function importTexts(): Promise<DatasetVersion> {
  const random = randomSource(5);
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const said = Array.from({ length: 6 }, () => words[kindOf(row)][Math.floor(random() * 4)]);
    return `n${row},the film is ${said.join(' ')} and so on with number ${row}`;
  });
  const path = join(folder, 'films.csv');
  writeFileSync(path, ['name,text', ...lines].join('\n'));
  const source = { kind: 'file', path } as const;
  const { versionId } = (await importJob.run({ source, name: null, target: null }, context())) as { versionId: string };
  return getVersion(library.db, versionId);
}

/** Labels of the first rows, in a column that no version has yet. */
function label(versionId: string, count: number): void {
  const rows = (kind: string) =>
    Int32Array.from({ length: count }, (_, row) => row).filter((row) => kindOf(row) === kind);
  appendEdits(library.db, versionId, [
    { edit: { kind: 'add-column', column: 'mood', type: 'category' }, rows: new Int32Array(0) },
    { edit: { kind: 'set', column: 'mood', value: 'good' }, rows: rows('good') },
    { edit: { kind: 'set', column: 'mood', value: 'bad' }, rows: rows('bad') },
  ]);
}

test('a column that edits added is proposed for every other row, and what is said of it is measured', async () => {
  const { id: versionId } = await importTexts();
  label(versionId, 60);
  const place = { versionId, column: 'mood' };
  await proposeLabelsJob.run({ ...place, runId: null }, context());
  const proposals = (await readProposals(library, place))!;
  expect([...proposals.rows].sort((one, other) => one - other)).toEqual(
    Array.from({ length: ROWS - 60 }, (_, at) => 60 + at),
  );
  const right = proposals.rows.filter((row, at) => proposals.labels[proposals.codes[at]!] === kindOf(row)).length;
  expect(right / proposals.rows.length).toBeGreaterThan(0.95);
  expect(proposals).toMatchObject({ labelled: 60, editedCells: 60, labels: ['bad', 'good'] });
  expect(proposals.judgedRight).toHaveLength(60);
  const sure = surerThan(proposals, 0.9, (row) => row !== proposals.rows[ROWS - 61]);
  expect(sure.rows).not.toContain(proposals.rows[ROWS - 61]);
  expect(sure.wrong).toBeLessThanOrEqual(sure.judged);
});

test('several classes per row are proposed at once, and rows of which all are right are counted', async () => {
  const { id: versionId } = await importTexts();
  // Two classes that the text tells apart from each other, one that it does not, and one that is too rare to learn.
  const listOf = (row: number) => [
    ...(kindOf(row) === 'good' ? ['happy', 'liked'] : ['sad']),
    ...(row % 3 === 0 ? ['third'] : []),
    ...(row === 7 ? ['rare'] : []),
  ];
  const cells = new Map<string, number[]>();
  for (let row = 0; row < 90; row += 1) {
    const cell = JSON.stringify(listOf(row));
    cells.set(cell, [...(cells.get(cell) ?? []), row]);
  }
  const set = ([value, rows]: [string, number[]]) => {
    return { edit: { kind: 'set', column: 'tags', value } as const, rows: Int32Array.from(rows) };
  };
  const adding = { edit: { kind: 'add-column', column: 'tags', type: 'labels' } as const, rows: new Int32Array(0) };
  appendEdits(library.db, versionId, [adding, ...[...cells].slice(0, 1).map(set)]);
  const place = { versionId, column: 'tags' };
  await expect(proposeLabelsJob.run({ ...place, runId: null }, context())).rejects.toMatchObject({
    code: 'assist-few-lists',
  });
  appendEdits(library.db, versionId, [...cells].slice(1).map(set));
  await proposeLabelsJob.run({ ...place, runId: null }, context());
  const proposals = (await readProposals(library, place))!;
  expect(proposals.rows).toHaveLength(ROWS - 90);
  expect(proposals).toMatchObject({ labelled: 90, source: { kind: 'words' } });
  const known = Array.from(proposals.rows, (row, at) => {
    const list = JSON.parse(proposals.labels[proposals.codes[at]!]!) as string[];
    const isIn = (name: string) => list.includes(name) === listOf(row).includes(name);
    return { moods: ['happy', 'liked', 'sad'].every(isIn), all: ['happy', 'liked', 'sad', 'third'].every(isIn), list };
  });
  const share = (which: (one: (typeof known)[number]) => boolean) => known.filter(which).length / known.length;
  expect(share(({ moods }) => moods)).toBeGreaterThan(0.95);
  expect(share(({ list }) => list.includes('rare'))).toBe(0);
  // What is said of the whole list holds for the rows that nobody has labelled.
  const said = proposals.judgedRight.reduce((sum, one) => sum + one, 0) / 90;
  expect(Math.abs(said - share(({ all }) => all))).toBeLessThan(0.15);
  const sure = proposals.confidence.reduce((sum, one) => sum + one, 0) / proposals.confidence.length;
  expect(Math.abs(sure - said)).toBeLessThan(0.15);
  expect(proposals.ticks!.there).toBe(Array.from({ length: 90 }, (_, row) => listOf(row)).flat().length);
  await expect(replayLabelsJob.run({ ...place, seeds: [1], most: null }, context())).rejects.toMatchObject({
    code: 'replay-lists',
  });
});

test('too few labels are refused in words, a cancel leaves nothing', async () => {
  const { id: versionId } = await importTexts();
  label(versionId, 6);
  const input = { versionId, column: 'mood', runId: null };
  await expect(proposeLabelsJob.run(input, context())).rejects.toMatchObject({ code: 'assist-too-few' });
  label(versionId, 60);
  const aborted = AbortSignal.abort(new Error('cancelled'));
  await expect(proposeLabelsJob.run(input, context(aborted))).rejects.toThrow('cancelled');
  expect(readdirSync(versionFolder(library, versionId)).filter((name) => name.startsWith('proposals'))).toEqual([]);
  await expect(
    replayLabelsJob.run({ versionId, column: 'mood', seeds: [1], most: null }, context()),
  ).rejects.toMatchObject({ code: 'replay-too-few' });
});

test('a replay has both orders begin with the same labels', async () => {
  const { id: versionId } = await importTexts();
  label(versionId, 200);
  const place = { versionId, column: 'mood' };
  await replayLabelsJob.run({ ...place, seeds: [1, 2], most: 60 }, context());
  const replay = (await readReplay(library, place))!;
  expect(replay.counts).toEqual([20, 27, 36, 48, 60]);
  expect(replay.heldOut).toBe(40);
  expect(replay.random.accuracy.map(([first]) => first)).toEqual(replay.leastSure.accuracy.map(([first]) => first));
});

test('two files are matched by number and by name, and what matches nothing is told', async () => {
  const { id: versionId } = await importTexts();
  const [one, other] = [join(folder, 'one.csv'), join(folder, 'other.csv')];
  writeFileSync(one, 'row,mood\n1,good\n2,bad\n3,good\n4,\n900,good\n1,bad\n');
  writeFileSync(other, 'mood,name\ngood,n0\ngood,n1\ngood,n2\nbad,n3\nbad,nobody\n');
  const place = { versionId, column: 'mood' };
  const file = (path: string) => ({ kind: 'file', path, name: path.slice(folder.length + 1) }) as const;
  const input = { ...place, type: 'category' as const, labellers: [file(one), file(other)] as [never, never] };
  await mergeLabelsJob.run(input, context());
  const merge = (await readMerge(library, place))!;
  expect(merge).toMatchObject({ both: 3, disputed: [{ row: 1, first: 'bad', second: 'good' }] });
  expect(merge.agreed).toEqual([{ value: 'good', rows: [0, 2] }]);
  expect(merge.single).toEqual([{ value: 'bad', rows: [3] }]);
  expect(merge.labellers).toMatchObject([
    { key: 'row', labelled: 5, unmatched: 1, examples: ['900'], repeated: 1 },
    { key: 'name', labelled: 5, unmatched: 1, examples: ['nobody'], repeated: 0 },
  ]);
  for (const [text, code] of [
    ['who,what\na,b\n', 'merge-no-labels'],
    ['who,label\nx,good\ny,bad\n', 'merge-no-key'],
    ['row,label\n9,good\n', 'merge-nothing-both'],
    ['row,label\n1,"go\n', 'csv-quote-unclosed'],
    ['', 'csv-empty'],
  ] as const) {
    writeFileSync(other, text);
    await expect(mergeLabelsJob.run(input, context()), text).rejects.toMatchObject({ code });
  }
  expect((await readMerge(library, place))!.both).toBe(3);
  expect(readdirSync(library.paths.temporary)).toEqual([]);
});
