/** Imports whose real process is killed at many points, and which go on: what they make is what a whole import makes. */
import { createCanvas } from '@napi-rs/canvas';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportInput, ImportResult, Job } from '../contract';
import { queryRows } from '../data/duckdb';
import { readLeftOut } from '../data/left-out';
import { rowsFile } from '../data/paths';
import { literal } from '../data/sql';
import { getVersion, listDatasets } from '../storage/datasets';
import { discardImport, listInterruptedImports } from '../storage/interrupted-imports';
import { getJob } from '../storage/jobs';
import { openLibrary, type Library } from '../storage/library';
import { Supervisor } from './supervisor';
import { buildJobEntry, forkJob } from './testing/launch';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let entry: Awaited<ReturnType<typeof buildJobEntry>>;
let folder: string;
let sources: Record<'table' | 'pictures' | 'sounds', string>;

beforeAll(async () => {
  entry = await buildJobEntry('src-main/jobs/entry.ts');
  folder = mkdtempSync(join(tmpdir(), 'tandem-resumed-'));
  sources = { table: makeTable(), pictures: makePictures(), sounds: makeSounds() };
}, 120_000);
afterAll(async () => {
  await entry.remove();
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, bytes: string | Uint8Array): void {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, bytes);
}

function makeTable(): string {
  const rows = Array.from(
    { length: 20_000 },
    (_, row) => `${row % 97},${((row * 7) % 1000) / 10},${row % 3 ? 'a' : 'b'}`,
  );
  put('table.csv', ['whole,part,kind', ...rows, ''].join('\n'));
  return join(folder, 'table.csv');
}

/** Colours and greys, one that breaks when it is decoded, one without an end, and a text. */
function makePictures(): string {
  for (let at = 0; at < 60; at += 1) {
    const canvas = createCanvas(24 + (at % 5), 20);
    const context = canvas.getContext('2d');
    context.fillStyle = `hsl(${at * 6} 80% 50%)`;
    context.fillRect(0, 0, 12, 20);
    const bytes = canvas.toBuffer('image/png');
    if (at === 20) bytes.fill(0x55, 45, bytes.length - 12);
    put(`pictures/${at % 2 ? 'odd' : 'even'}/${at}.png`, at === 7 ? bytes.subarray(0, 60) : bytes);
  }
  put('pictures/even/readme.txt', 'no picture');
  return join(folder, 'pictures');
}

/** Tones of two rates, and one file that is none. */
function makeSounds(): string {
  for (let at = 0; at < 40; at += 1) {
    const rate = at % 9 === 0 ? 11_025 : 8000;
    const samples = Int16Array.from(
      { length: rate / 8 },
      (_, time) => 8000 * Math.sin((time * (300 + at * 10)) / rate),
    );
    const head = Buffer.alloc(44);
    head.write('RIFF', 0, 'latin1');
    head.writeUInt32LE(36 + samples.byteLength, 4);
    head.write('WAVEfmt ', 8, 'latin1');
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(rate, 24);
    head.writeUInt32LE(rate * 2, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write('data', 36, 'latin1');
    head.writeUInt32LE(samples.byteLength, 40);
    put(
      `sounds/${at % 2 ? 'high' : 'low'}/${at}.wav`,
      at === 11 ? Buffer.from('none') : Buffer.concat([head, Buffer.from(samples.buffer)]),
    );
  }
  return join(folder, 'sounds');
}

interface Bench {
  readonly library: Library;
  readonly supervisor: Supervisor;
  /** The process that was started last. */
  child(): ReturnType<typeof forkJob>;
  close(): Promise<void>;
}

function openBench(name: string): Bench {
  const library = openLibrary(join(folder, name));
  let child: ReturnType<typeof forkJob> | null = null;
  const launch = () => (child = forkJob(entry.file));
  const supervisor = new Supervisor({ library, resources: folder, launch, log: silent });
  const close = async () => {
    await supervisor.shutdown(100);
    library.close();
  };
  return { library, supervisor, child: () => child!, close };
}

const start = ({ supervisor }: Bench, path: string): Job => {
  const input: ImportInput = { source: { kind: 'file', path }, name: null, target: null, rhythm: { seconds: 0 } };
  return supervisor.start({ kind: 'import', input, subject: 'data', subjectId: null });
};

/** Kills the process at the n-th word about its progress. @returns the result where it ended before that, and stages told. */
async function runUntil(bench: Bench, job: Job, words: number) {
  const told: string[] = [];
  const end = bench.supervisor.onChange((changed) => {
    if (changed.id !== job.id || changed.endedAt !== null || !changed.progress) return;
    told.push(`${changed.progress.stage} ${changed.progress.done}`);
    if (told.length === words) bench.child().kill();
  });
  const result = await bench.supervisor.result(job.id).catch(() => null);
  end();
  // The process is gone when the supervisor has no more of it.
  while (bench.supervisor.running().length > 0) await new Promise((turn) => setImmediate(turn));
  return { result: result as ImportResult | null, told };
}

/** All that an import made, but for its ids and times. */
async function madeOf({ library }: Bench, { versionId }: ImportResult) {
  const { columns, notes, rowCount, source, bytes, proposed, hasGivenSplit } = getVersion(library.db, versionId);
  const rows = await queryRows(`SELECT * FROM ${literal(rowsFile(library, versionId))} ORDER BY _index`);
  const report = await readLeftOut(library, versionId, { code: null, offset: 0, limit: 100 });
  const blobs = readdirSync(library.paths.blobs).sort();
  return {
    columns,
    notes,
    rowCount,
    source,
    bytes,
    proposed: { ...proposed, versionId: '' },
    hasGivenSplit,
    rows,
    report,
    blobs,
  };
}

describe.each(['table', 'pictures', 'sounds'] as const)('an import of %s', (kind) => {
  test('killed again and again, goes on to the same end', async () => {
    const whole = openBench(`${kind}-whole`);
    const { result: first, told } = await runUntil(whole, start(whole, sources[kind]), Infinity);
    const expected = await madeOf(whole, first!);
    await whole.close();

    const killed = openBench(`${kind}-killed`);
    for (const words of [2, Math.ceil(told.length / 2)]) {
      const job = start(killed, sources[kind]);
      let { result } = await runUntil(killed, job, words);
      for (let round = 0; result === null; round += 1) {
        expect(getJob(killed.library.db, job.id).state).toBe('interrupted');
        expect(listDatasets(killed.library.db)).toEqual([]);
        const again = killed.supervisor.continueImport(job.id);
        expect(again.id).toBe(job.id);
        const next = await runUntil(killed, again, round < 1 ? words : Infinity);
        ({ result } = next);
      }
      expect(await madeOf(killed, result)).toEqual(expected);
      expect(readdirSync(killed.library.paths.temporary)).toEqual([]);
      forget(killed.library);
    }
    await killed.close();
  }, 120_000);
});

/** So that the next import of the same content is none of what is known. */
function forget({ db, paths }: Library): void {
  db.exec('DELETE FROM projects; DELETE FROM versions; DELETE FROM datasets');
  for (const parent of [paths.blobs, paths.versions])
    for (const name of readdirSync(parent)) rmSync(join(parent, name), { recursive: true });
}

test('going on reads and decodes only what was not done', async () => {
  const bench = openBench('saved');
  const job = start(bench, sources.pictures);
  let decoded = 0;
  const end = bench.supervisor.onChange(({ progress, endedAt }) => {
    if (endedAt !== null || progress?.stage !== 'pictures' || decoded > 0) return;
    decoded = progress.done;
    bench.child().kill();
  });
  await bench.supervisor.result(job.id).catch(() => undefined);
  end();
  while (bench.supervisor.running().length > 0) await new Promise((turn) => setImmediate(turn));
  const note = JSON.parse(readFileSync(join(bench.library.paths.temporary, job.id, 'pieces.json'), 'utf8').slice(65));
  const journal = readFileSync(join(bench.library.paths.temporary, job.id, 'pixels.journal'), 'utf8');
  expect(journal.trim().split('\n').length).toBeGreaterThanOrEqual(decoded);
  expect(note.pieces['picture-files'].value.isWhole).toBe(true);
  // Nothing is hashed again, and decoding begins behind what was decoded.
  const { told, result } = await runUntil(bench, bench.supervisor.continueImport(job.id), Infinity);
  expect(result).not.toBeNull();
  expect(told.filter((word) => word.startsWith('hash'))).toEqual([]);
  const again = told.filter((word) => word.startsWith('pictures ')).map((word) => Number(word.split(' ')[1]));
  expect(again.filter((done) => done <= decoded)).toEqual([]);
  await bench.close();
}, 60_000);

test('the folder of an interrupted import outlives the app, and goes when it is discarded', async () => {
  const bench = openBench('kept');
  const job = start(bench, sources.pictures);
  const progress = new Promise<void>((told) => {
    const end = bench.supervisor.onChange(({ progress: count }) => {
      if (count?.stage !== 'pictures') return;
      end();
      told();
    });
  });
  await progress;
  await bench.close();
  const again = openBench('kept');
  const staged = join(again.library.paths.temporary, job.id);
  expect(listInterruptedImports(again.library.db)).toMatchObject([
    {
      id: job.id,
      state: 'interrupted',
      error: { code: 'app-ended' },
      progress: { stage: expect.any(String) as string },
    },
  ]);
  expect(existsSync(staged)).toBe(true);
  discardImport(again.library, job.id);
  expect(existsSync(staged)).toBe(false);
  expect(listInterruptedImports(again.library.db)).toEqual([]);
  await again.close();
}, 60_000);

test('a source that changed is said, and a damaged note is not believed', async () => {
  const bench = openBench('changed');
  const job = start(bench, sources.table);
  await runUntil(bench, job, 2);
  utimesSync(sources.table, new Date(), new Date(Date.now() + 5000));
  bench.supervisor.continueImport(job.id);
  await expect(bench.supervisor.result(job.id)).rejects.toMatchObject({ code: 'import-source-changed' });
  expect(readdirSync(bench.library.paths.temporary)).toEqual([]);

  const other = start(bench, sources.table);
  await runUntil(bench, other, 2);
  writeFileSync(join(bench.library.paths.temporary, other.id, 'pieces.json'), '{"format":1}');
  const { result } = await runUntil(bench, bench.supervisor.continueImport(other.id), Infinity);
  expect(getVersion(bench.library.db, result!.versionId).rowCount).toBe(20_000);
  await bench.close();
}, 60_000);
