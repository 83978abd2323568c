/** Folders and zips of sounds: what becomes of their files, names and tables, what is left out and why; how a network gets them. */
import { zipSync, type Zippable } from 'fflate';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../contract';
import { describeSetup } from '../describe';
import { encodeInputs } from '../encode';
import { prepareData, readInputs } from '../prepare';
import { preparationSchema } from '../prepared';
import { readRows } from '../rows';
import { chooseSource } from '../source';
import { stageVersion } from '../stage';
import { readClip, readWaveforms } from './clips';
import { encodeWav } from './wav-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-sounds-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/sounds', name));

/** A tone as a WAV file. */
function tone(hertz: number, seconds = 0.2, rate = 8000): Buffer {
  const samples = Int16Array.from({ length: Math.round(seconds * rate) }, (_, at) =>
    Math.round(16_000 * Math.sin((2 * Math.PI * hertz * at) / rate)),
  );
  return Buffer.from(encodeWav(new Uint8Array(samples.buffer), rate));
}

async function stage(files: Zippable) {
  const path = join(folder, 'sounds.zip');
  writeFileSync(path, zipSync(files));
  const left: [string, ErrorCode][] = [];
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const source = await chooseSource(path);
  const own = mkdtempSync(join(folder, 'staged-'));
  const identity = { versionId: 'version', datasetId: 'dataset', datasetName: 'sounds', sha256: '', folder: own };
  const watched = {
    ...source,
    read: (...[given, target, reading]: Parameters<typeof source.read>) =>
      source.read(given, target, { ...reading, leaveOut: ({ file }, { code }) => void left.push([file, code]) }),
  };
  const staged = await stageVersion(
    { source: watched, files: [{ path, name: 'sounds.zip' }], target: null, ...identity },
    context,
  );
  const { version, library, start } = staged;
  const target = version.columns.find(({ type }) => type === 'category')?.name ?? '';
  const split = { kind: 'random', seed: 1, validation: 0, test: 0, stratified: false } as const;
  // A few sounds are too few to be split, so that nothing is proposed.
  const chosen = start?.setup ?? { task: 'audio-classification', target, types: {}, split };
  const setup = { versionId: version.id, ...chosen };
  const query = { setup, part: null, label: null, search: '', offset: 0, limit: 100 };
  const { rows } = await readRows(library, version, query);
  const cells = (name: string) => {
    const place = version.columns.findIndex((column) => column.name === name);
    return rows.map(({ values }) => values[place]);
  };
  return { version, library, setup, left, rows, cells, context };
}

describe('where the classes come from', () => {
  test('folders, nested, with the parts that they name', async () => {
    const { version, cells } = await stage({
      'train/cat/a.wav': tone(300),
      'train/cat/b.wav': tone(310),
      'train/birds/owl/c.wav': tone(700),
      'test/cat/d.opus': readFileSync(join(import.meta.dirname, '../fixtures/sounds/tone.opus')),
    });
    expect(version.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'sound: audio',
      'label: category',
      'file: text',
      'seconds: number',
    ]);
    expect(cells('label')).toEqual(['cat', 'birds/owl', 'cat', 'cat']);
    expect(version.hasGivenSplit).toBe(true);
  });

  test('names, with the parts that stand for groups, as the speaker', async () => {
    const files = ['0_anna_0', '0_anna_1', '0_ben_0', '1_anna_0', '1_ben_0', '1_ben_1'];
    const { cells, version } = await stage(Object.fromEntries(files.map((name) => [`${name}.wav`, tone(400)])));
    expect(cells('label')).toEqual(['0', '0', '0', '1', '1', '1']);
    expect(cells('name part 2')).toEqual(['anna', 'anna', 'ben', 'anna', 'ben', 'ben']);
    expect(version.columns.some(({ name }) => name === 'name part 3')).toBe(false);
  });

  test('a table beside them, whose other columns stay', async () => {
    const table = 'clip,word,age\na.wav,yes,30\nb,no,41\nmissing.wav,no,50\nc.wav,yes,\n';
    const { cells, left } = await stage({
      'clips/a.wav': tone(300),
      'clips/b.wav': tone(500),
      'clips/c.wav': tone(300),
      'clips/unnamed.wav': tone(500),
      'labels.csv': Buffer.from(table),
    });
    expect(cells('word')).toEqual(['yes', 'no', 'yes']);
    expect(cells('age')).toEqual([30, 41, null]);
    expect(left).toEqual([
      ['clips/unnamed.wav', 'sound-not-named'],
      ['labels.csv', 'sound-not-there'],
    ]);
  });
});

test('what can’t be heard is left out with its reason, and the rest is kept', async () => {
  const { left, cells } = await stage({
    'a/good.wav': tone(300),
    'a/also good.mp3': fixture('tone.mp3'),
    'a/cut.wav': tone(300).subarray(0, 100),
    'a/empty.wav': Buffer.alloc(0),
    'b/silent.wav': Buffer.from(encodeWav(new Uint8Array(800), 8000)),
    'b/text.flac': Buffer.from('no sound at all'),
    'b/good.flac': fixture('tone.flac'),
    'cover.jpg': Buffer.from('no picture'),
    'README.md': Buffer.from('# Sounds'),
  });
  expect(Object.fromEntries(left)).toEqual({
    'a/cut.wav': 'sound-cut',
    'a/empty.wav': 'sound-empty',
    'b/silent.wav': 'sound-silent',
    'b/text.flac': 'sound-unknown',
    'cover.jpg': 'sound-other-file',
    'README.md': 'sound-other-file',
  });
  expect(cells('file')).toEqual(['a/also good.mp3', 'a/good.wav', 'b/good.flac']);
});

test('sounds have the rate that most have; others are converted, and that is noted', async () => {
  const { version, library, cells } = await stage({
    'a/1.wav': tone(440, 0.5),
    'a/2.wav': tone(440, 0.25),
    'b/3.wav': tone(440, 0.5, 16_000),
  });
  const audio = version.columns[0]!.audio!;
  expect(audio).toMatchObject({ rate: 8000, channels: 1 });
  expect(version.notes).toEqual([{ code: 'sounds-resampled', parameters: { count: 1, rate: 8000 } }]);
  expect(cells('seconds')).toEqual([0.5, 0.25, 0.5]);
  const waveforms = await readWaveforms(library, version, 'sound', [2, 1]);
  expect(waveforms.seconds).toEqual([0.5, 0.25]);
  const loudest = Math.max(...new Int8Array(waveforms.ranges.buffer));
  expect(loudest).toBeCloseTo((127 * 16_000) / 32_767, -0.5);
  const [own, other] = [await readClip(library, version, 'sound', 0), await readClip(library, version, 'sound', 2)];
  expect(other.samples.length).toBe(own.samples.length);
  const [one, two] = [own, other].map(({ samples }) => new Int16Array(samples.slice().buffer));
  const differences = one!.slice(200, -200).map((value, at) => Math.abs(value - two![at + 200]!));
  expect(Math.max(...differences)).toBeLessThan(0.002 * 32_767);
  await expect(readClip(library, version, 'label', 0)).rejects.toThrow('column-without-sounds');
  await expect(readClip(library, version, 'sound', 3)).rejects.toThrow('row-missing');
});

describe('as a network takes them', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `${at % 2 ? 'high' : 'low'}/${at}.wav`,
      tone(at % 2 ? 2000 : 300, 0.1 + (at % 5) / 50),
    ]),
  );

  test('spectrograms of one size, standardized over training rows', async () => {
    const { version, library, setup } = await stage(files);
    expect(version.proposed).toMatchObject({ task: 'audio-classification', target: 'label' });
    const { inputShape } = await describeSetup(library, version, setup);
    const data = await prepareData(library, version, setup);
    expect(inputShape).toEqual(data.inputShape);
    expect(data.inputShape.slice(1)).toEqual([40, 1]);
    expect(preparationSchema.parse(data.preparation)).toEqual(data.preparation);
    const size = data.inputShape.reduce((product, side) => product * side, 1);
    const inputs = data.inputs as Float32Array;
    expect(inputs.length).toBe(40 * size);
    const training = [...data.parts.training].flatMap((row) => [...inputs.subarray(row * size, (row + 1) * size)]);
    const mean = training.reduce((sum, value) => sum + value, 0) / training.length;
    const spread = Math.sqrt(training.reduce((sum, value) => sum + (value - mean) ** 2, 0) / training.length);
    expect(mean).toBeCloseTo(0, 3);
    expect(spread).toBeCloseTo(1, 3);
  });

  test('a row of the version, the same file given anew, and it at another rate are the same to the model', async () => {
    const { version, library, setup } = await stage(files);
    const { preparation } = await prepareData(library, version, setup);
    const row = 7;
    const own = await readInputs(library, version, preparation, [row]);
    const { rate, samples } = await readClip(library, version, 'sound', row);
    const values = Float32Array.from(new Int16Array(samples.slice().buffer), (value) => value / 32_767);
    const asked = encodeInputs(preparation, [{ kind: 'sound', rate, samples: values }]);
    expect([...asked.inputs]).toEqual([...own.inputs]);
    expect(() => encodeInputs(preparation, [{ kind: 'values', values: {} }])).toThrow('input-not-sound');
  });
});
