/** The terminal end to end: the built program as a person or script runs it, with real jobs on a real library. */
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../storage/library';
import { listRuns, runHistory } from '../storage/runs';
import { buildTerminal, endOf, startTerminal } from './testing/built';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let library: string;

beforeAll(async () => {
  folder = await buildTerminal();
  library = join(folder, 'library');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (...words: string[]) => startTerminal(folder, ...words);
const run = (...words: string[]) => endOf(start(...words));

/** A digit of 28 × 28 as a PNG file, ten times as large, drawn on dark or light paper. */
function drawDigit(pixels: Uint8Array, paper: 'dark' | 'light'): Buffer {
  const canvas = createCanvas(280, 280);
  const context = canvas.getContext('2d');
  for (const [at, ink] of pixels.entries()) {
    const grey = paper === 'dark' ? ink : 255 - ink;
    context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
    context.fillRect((at % 28) * 10, Math.floor(at / 28) * 10, 10, 10);
  }
  return canvas.toBuffer('image/png');
}

/** The lines of `--json`, of which the last is the result. */
async function runJson(...words: string[]) {
  const { code, out, err } = await run(...words, '--json');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, err, lines, result: lines[lines.length - 1]! };
}

/** Waits until a line of JSON says something. */
function whenSaid(child: ChildProcess, says: (message: Record<string, unknown>) => boolean): Promise<void> {
  return new Promise((heard) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (says(JSON.parse(line) as Record<string, unknown>)) heard();
    });
  });
}

describe('from a sample to predictions', () => {
  test('samples are listed', async () => {
    const { result } = await runJson('samples');
    expect(result['samples']).toContainEqual(expect.objectContaining({ id: 'penguins', imported: false }));
  });

  test('training imports the sample, tells each epoch and gives the run', async () => {
    const sets = ['--set', 'epochs=4', '--set', 'optimizer.type=sgd', '--set', 'optimizer.fields.momentum=0.9'];
    const words = ['train', 'penguins', ...sets, '--set', 'learningRate=0.05', '--seed', '3', '--name', 'first'];
    const { code, lines, result, err } = await runJson(...words);
    expect(err).toBe('');
    expect(code).toBe(0);
    const epochs = lines.filter(({ type }) => type === 'epoch');
    expect(epochs).toHaveLength(4);
    expect(result).toMatchObject({
      run: {
        name: 'first',
        state: 'finished',
        epochsDone: 4,
        settings: { seed: 3, learningRate: 0.05, optimizer: { type: 'sgd', fields: { momentum: 0.9 } } },
      },
    });
    expect(result['epochs']).toEqual(epochs.map(({ epoch }) => epoch));
  }, 120_000);

  test('before a training it is said what it takes and what is unusual, and nothing comes of it', async () => {
    const before = (await runJson('runs')).result;
    const { code, out } = await run('preflight', 'penguins', '--set', 'epochs=3', '--set', 'learningRate=0.5');
    expect([code, out]).toEqual([0, expect.stringMatching(/^3 epochs take at most [\d.]+ s [^]+Memory: \d+ MB/)]);
    expect(out).toContain('! A learning rate of 0.5 is above what is usual for Adam (0.00001 to 0.01).');
    expect((await runJson('runs')).result).toEqual(before);
  }, 120_000);

  test('a network of the person, with a way round, for people: a line per epoch', async () => {
    const file = join(folder, 'network.json');
    const layers = [
      { type: 'dense', fields: { units: 5 } },
      { type: 'dense', fields: { units: 5 } },
      { type: 'add', inputs: ['layer-2', 'layer-1'] },
      { type: 'dense', fields: { units: 3, activation: 'linear' } },
    ];
    await writeFile(file, JSON.stringify({ layers }));
    const { code, out } = await run('train', 'Penguins', '--network', file, '--set', 'epochs=2', '--name', 'second');
    expect(code).toBe(0);
    expect(out).toMatch(/^ +epoch +loss +accuracy +val. loss +val. accuracy +seconds +examples\/s$/m);
    expect(out).toMatch(/^ +2 +\d\.\d{4} +[01]\.\d{4} /m);
    expect(out).toContain('second (');
  }, 120_000);

  test('columns are prepared by steps of the person, which the run and `show` name', async () => {
    const kinds = (await runJson('steps')).result['steps'] as { id: string }[];
    expect(kinds.map(({ id }) => id)).toEqual(expect.arrayContaining(['standardize', 'impute', 'one-hot', 'tokens']));
    const columns = (await runJson('steps', 'Penguins')).result['columns'] as { column: string; stages: unknown[] }[];
    expect(columns.find(({ column }) => column === 'bill_length_mm')!.stages).toHaveLength(3);
    const chosen = ['bill_length_mm=log', 'bill_length_mm=min-max:clip=true', 'island=none'];
    const options = [...chosen.flatMap((step) => ['--step', step]), '--preset', 'tiny', '--set', 'epochs=1'];
    expect((await run('train', 'Penguins', ...options, '--name', 'stepped')).code).toBe(0);
    const { out } = await run('show', 'stepped');
    expect(out).toMatch(/^2\d\d parameters/m);
    expect(out).toContain('Steps of bill_length_mm: log → min-max:clip=true\nSteps of island: none\n');
    const refused = await run('train', 'Penguins', '--step', 'sex=impute-category');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('sex');
    expect((await run('delete', 'stepped')).code).toBe(0);
  }, 120_000);

  test('two runs are compared: what differs, and how they did beside their baseline', async () => {
    const { result } = await runJson('compare', 'first', 'second');
    const paths = (result['differences'] as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['layers.1.units', 'layers.3.inputs']));
    expect(paths).toContain('seed');
    expect(paths).not.toContain('batchSize');
    expect(result['runs']).toMatchObject([{ name: 'first', epochsDone: 4 }, { name: 'second' }]);
    const { out } = await run('compare', 'first', 'second');
    expect(out).toMatch(/^test accuracy \(saved model\).*\n {2}its baseline +0\.\d{4} +0\.\d{4}$/m);
    const scores = (await run('test', 'first')).out;
    expect(scores).toMatch(/^accuracy( +[01]\.\d{4}){4} +(yes|no)$/m);
    expect(scores).toContain('Baseline: always the most frequent class of the training rows, "Adelie".');
  });

  test('a reopened model gives bit-equal probabilities, and a CSV the same as the rows it holds', async () => {
    const words = ['predict', 'first', '--part', 'test', '--limit', '20'];
    const [once, again] = [await runJson(...words), await runJson(...words)];
    expect(once.result['predictions']).toHaveLength(20);
    expect(again.result).toEqual(once.result);

    const file = join(folder, 'birds.csv');
    const header = 'island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year';
    await writeFile(file, `${header}\nTorgersen,39.1,18.7,181,3750,male,2007\nTorgersen,NA,NA,NA,NA,NA,2007\n`);
    const table = await runJson('predict', 'first', file);
    const rows = await runJson('predict', 'first', '--rows', '0,3');
    const outputs = (result: Record<string, unknown>) =>
      (result['predictions'] as { outputs: unknown }[]).map((prediction) => prediction.outputs);
    expect(outputs(table.result)).toEqual(outputs(rows.result));
  }, 120_000);

  test('a picture of a digit is read as the digit, light on dark or dark on light, as the row it came from', async () => {
    const sets = ['--set', 'epochs=8', '--set', 'earlyStopping.enabled=false'];
    const trained = await runJson('train', 'digits-small', ...sets, '--seed', '1', '--name', 'digits');
    expect(trained.code).toBe(0);
    const packed = await readFile(join(root, 'resources', 'samples', 'digits-small', 't10k-images-idx3-ubyte.gz'));
    const pixels = gunzipSync(packed).subarray(16);
    const files: string[] = [];
    const rows: number[] = [];
    for (const digit of [0, 1, 2, 3]) {
      const picture = pixels.subarray(digit * 784, digit * 784 + 784);
      rows.push(600 + digit);
      for (const paper of ['dark', 'light'] as const) {
        files.push(join(folder, `${digit}-${paper}.png`));
        await writeFile(files[files.length - 1]!, drawDigit(picture, paper));
      }
    }
    const asked = await runJson('predict', 'digits', ...files);
    const known = await runJson('predict', 'digits', '--rows', rows.join(','));
    const answers = ({ result }: typeof asked) =>
      (result['predictions'] as { predicted: string }[]).map(({ predicted }) => predicted);
    const expected = answers(known);
    expect(answers(asked)).toEqual(expected.flatMap((answer) => [answer, answer]));
    // The first test digits of MNIST.
    expect(expected).toEqual(['7', '2', '1', '0']);
  }, 120_000);

  test('augmentations are named with their values where runs are compared', async () => {
    const chosen = ['crop:border=0.2', 'cutout:filling=mean', 'mixup:alpha=0.4'].flatMap((one) => ['--augment', one]);
    const { code } = await runJson('train', 'digits-small', '--set', 'epochs=1', ...chosen, '--name', 'changed');
    expect(code).toBe(0);
    const { result } = await runJson('compare', 'digits', 'changed');
    expect(result['differences']).toEqual(
      expect.arrayContaining([
        { path: 'augmentation.crop.border', values: [null, 0.2] },
        { path: 'augmentation.cutout.filling', values: [null, 'mean'] },
        { path: 'augmentation.cutout.size', values: [null, 0.25] },
        { path: 'augmentation.mixup.alpha', values: [null, 0.4] },
      ]),
    );
    await run('delete', 'changed');
  });

  test('a dataset is checked, for people and for programs; labels of texts too', async () => {
    const { code, result } = await runJson('check', 'penguins');
    expect(code).toBe(0);
    const findings = result['findings'] as { check: string; columns: string[]; count: number }[];
    expect(findings.filter(({ check }) => check === 'missing-values')).toContainEqual(
      expect.objectContaining({ columns: ['sex'], count: 11 }),
    );
    const file = join(folder, 'moods.csv');
    const lines = Array.from({ length: 120 }, (_, row) => {
      const good = row % 2 === 0;
      return `number ${row} was a ${good ? 'lovely' : 'dreadful'} ${row % 3 ? 'day' : 'week'} in ${row % 5},${good !== (row === 60) ? 'fine' : 'foul'}`;
    });
    await writeFile(file, ['text,mood', ...lines, ''].join('\n'));
    expect((await run('import', file)).code).toBe(0);
    const people = await run('check', 'moods', '--target', 'mood');
    expect(people.out).toMatch(/^moods: 120 rows checked in \d/);
    expect(people.out).toMatch(/Likely wrong labels .*row 61 is labelled “foul” and looks like “fine”/);
    expect((await runJson('check', 'moods', '--target', 'tone')).result).toMatchObject({
      error: { code: 'column-missing' },
    });
    expect((await runJson('check', 'moods', '--target', 'text')).result).toMatchObject({
      error: { code: 'target-not-learnable' },
    });
  }, 120_000);

  test('columns tell how they go with the target, and how one spreads per class', async () => {
    const { result } = await runJson('columns', 'Penguins');
    const columns = result['columns'] as { name: string; relation: { measure: string; value: number } | null }[];
    const island = columns.find(({ name }) => name === 'island')?.relation;
    expect(island).toMatchObject({ measure: 'cramers-v', rows: 344 });
    expect(island?.value).toBeCloseTo(0.6598431008795325, 9);
    const { out } = await run('columns', 'Penguins', '--column', 'body_mass_g');
    expect(out).toMatch(/^Adelie +152 +1 +2850 +3700 +3701 +4775/m);
    expect((await runJson('columns', 'Penguins', '--column', 'none')).result).toMatchObject({
      error: { code: 'column-missing' },
    });
  });

  test('runs are deleted and restored', async () => {
    expect((await run('delete', 'second')).out).toMatch(/^Deleted: second\. \d+\.\d MB become free in 30 days/);
    const names = async () => ((await runJson('runs')).result['runs'] as { name: string }[]).map(({ name }) => name);
    expect(await names()).toEqual(['digits', 'first']);
    expect((await runJson('show', 'second')).result).toMatchObject({ error: { code: 'not-found' } });
    await run('restore', 'second');
    expect(await names()).toEqual(['digits', 'second', 'first']);
  });
});

describe('splits', () => {
  test('a table is divided by groups as it is imported, examined, and trained on another split', async () => {
    const rows = Array.from({ length: 200 }, (_, row) => {
      const copied = row === 199 ? 0 : row;
      return `P${row % 25},${(copied * 37) % 199},${(copied * 7) % 5 < 2 ? 'yes' : 'no'}`;
    });
    const file = join(folder, 'visits.csv');
    await writeFile(file, ['patient,pulse,ill', ...rows].join('\n'));
    const words = ['import', file, '--target', 'ill', '--split', 'grouped:column=patient,seed=4'];
    const imported = await runJson(...words);
    expect(imported.err).toBe('');
    const kept = { kind: 'grouped', column: 'patient', seed: 4, validation: 0.15, test: 0.15, stratified: true };
    expect(imported.result).toMatchObject({ split: kept });

    const shown = await runJson('split', 'visits');
    expect(shown.result).toMatchObject({
      split: kept,
      facts: { groups: { training: 17 } },
      suggestion: { column: 'patient' },
    });
    const ordered = await run('split', 'visits', '--split', 'ordered:test=0.1');
    expect(ordered.out).toContain('Split: in the order of the rows, validation 15 %, test 10 %.');
    expect(ordered.out).toContain('Exact duplicates on two sides: 1 sets; 1 test rows');
    expect(ordered.out).toContain('exact: row 1 (training), row 200 (test)');
    expect((await run('datasets')).out).toContain('grouped by "patient", validation 15 %, test 15 %, seed 4');

    const trained = await runJson('train', 'visits', '--split', 'ordered', '--set', 'epochs=1', '--name', 'in-order');
    const split = { kind: 'ordered', column: null, validation: 0.15, test: 0.15 };
    expect(trained.result).toMatchObject({ run: { data: { split } } });
    expect((await run('show', 'in-order')).out).toContain('Split: in the order of the rows');
  }, 180_000);

  test.each([
    ['grouped:column=doctor', 'split-column-missing'],
    ['ordered:column=patient', 'split-without-order'],
    ['given:column=patient', 'split-values-unknown'],
    ['given', 'split-given-missing'],
    ['thirds', 'argument-invalid'],
  ])('--split %s is refused: %s', async (split, code) => {
    const { code: end, result } = await runJson('split', 'visits', '--split', split);
    expect(end).toBe(1);
    expect(result).toMatchObject({ error: { code } });
  });
});

describe('refused with a code', () => {
  test.each([
    [['train', 'nobody'], 1, 'not-found', /nobody/],
    [['train', 'penguins', '--set', 'learningrate=1'], 1, 'argument-invalid', /learningrate:? is/],
    [['train', 'penguins', '--set', 'learningRate=fast'], 1, 'argument-invalid', /learningRate.*number/],
    [['train', 'penguins', '--set', 'epochs'], 1, 'argument-invalid', /path=value/],
    [['train', 'penguins', '--set', '__proto__.x=1'], 1, 'argument-invalid', /unknown/],
    [['train', 'penguins', '--set', 'optimizer.fields.momentum=1'], 1, 'field-invalid', /momentum/],
    [['train', 'penguins', '--set', 'network.layers.2.fields.units=4'], 1, 'network-invalid', /target needs 3/],
    [['train', 'penguins', '--preset', 'huge'], 2, 'argument-invalid', /tiny, balanced, accurate/],
    [['network', 'use', 'penguins', 'bi-lstm'], 1, 'argument-invalid', /none for these data; known: tiny, balanced/],
    [['train', 'penguins', '--augment', 'flip'], 1, 'field-invalid', /pictures/],
    [['train', 'penguins', '--weight', 'island'], 1, 'weight-missing', /Row 1 .*island/],
    [['predict', 'first', 'missing.csv'], 1, 'file-missing', /missing\.csv/],
    [['predict', 'first'], 1, 'argument-invalid', /--rows/],
    [['import', 'missing.csv'], 1, 'file-missing', /missing\.csv/],
    [['import', 'sample:nothing'], 1, 'definition-unknown', /nothing/],
    [['dance'], 2, 'argument-invalid', /dance/],
  ])('%s', async (words, expected, code, message) => {
    const { code: exit, result, lines } = await runJson(...words);
    expect(exit).toBe(expected);
    expect(result).toMatchObject({ error: { code, message: expect.stringMatching(message) as string } });
    expect(Object.keys(result['error'] as object).sort()).toEqual(['code', 'hint', 'message', 'parameters']);
    expect(lines).toHaveLength(1);
  });
});

describe('stopped and killed', () => {
  const endless = ['--set', 'epochs=100000', '--set', 'earlyStopping.enabled=false', '--json'];
  const third = ({ type, epoch }: Record<string, unknown>) =>
    type === 'epoch' && (epoch as { epoch: number }).epoch === 3;

  test('Ctrl-C stops; what was trained is saved and can be gone on with', async () => {
    const child = start('train', 'penguins', '--name', 'stopped', ...endless);
    const closed = new Promise<number | null>((ended) => child.once('close', ended));
    await whenSaid(child, third);
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    const { result } = await runJson('show', 'stopped');
    const { run: stopped, epochs } = result as { run: { state: string; epochsDone: number }; epochs: unknown[] };
    expect(stopped.state).toBe('stopped');
    expect(stopped.epochsDone).toBeGreaterThanOrEqual(3);
    expect(epochs).toHaveLength(stopped.epochsDone);
    expect((await runJson('predict', 'stopped', '--rows', '0')).code).toBe(0);
  }, 120_000);

  test('a killed terminal takes its job with it and leaves whole epochs', async () => {
    const child = start('train', 'penguins', '--name', 'killed', ...endless);
    const closed = new Promise((ended) => child.once('close', ended));
    await whenSaid(child, third);
    child.kill('SIGKILL');
    await closed;
    const opened = openLibrary(library);
    const killed = listRuns(opened.db, null).find(({ name }) => name === 'killed')!;
    expect(killed.state).toBe('interrupted');
    const { epochs, run: kept } = runHistory(opened.db, killed.id);
    expect(epochs.length).toBeGreaterThanOrEqual(3);
    expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, index) => index + 1));
    expect(kept.epochsDone).toBe(epochs.length);
    opened.close();
  }, 120_000);
});

describe('what an import found', () => {
  test('sentence pairs: the kind, what can be done, and what was left out as CSV', async () => {
    const path = join(folder, 'talk.tsv');
    const lines = Array.from({ length: 30 }, (_, at) => `Is it "${at}?\t是${at}吗？`);
    await writeFile(path, [...lines, 'Alone.'].join('\n'));
    const { code, result } = await runJson('import', path, '--report', join(folder, 'left-out.csv'));
    expect(code).toBe(0);
    expect(result).toMatchObject({
      rows: 30,
      finding: { kind: 'sentence-pairs', tasks: [], notYet: ['translation'] },
      leftOut: 1,
    });
    expect(await readFile(join(folder, 'left-out.csv'), 'utf8')).toBe(
      'file,row,code,reason\ntalk.tsv,31,values-count,"talk.tsv, row 31: 1 values where 2 belong."\n',
    );
    const { out } = await run('report', 'talk');
    expect(out).toContain('1 left out.');
    expect(out).toMatch(/talk\.tsv +31 +talk\.tsv, row 31: 1 values where 2 belong\./);
  }, 60_000);

  const real = join(root, '..', 'shared', 'data');
  test.skipIf(!existsSync(real))(
    'pictures with boxes, sounds and sentences as they are given out',
    async () => {
      const found = async (file: string) => (await runJson('import', join(real, file))).result;
      const boxes = { rows: 364, finding: { kind: 'boxes', notYet: ['object-detection'] }, leftOut: 3 };
      expect(await found('bccd.zip')).toMatchObject(boxes);
      const sounds = { rows: 3000, finding: { kind: 'sounds', tasks: ['audio-classification'] }, leftOut: 1 };
      expect(await found('fsdd.zip')).toMatchObject(sounds);
      const pairs = { rows: 26_388, finding: { kind: 'sentence-pairs' }, leftOut: 0 };
      expect(await found('tatoeba-eng-cmn.tsv')).toMatchObject(pairs);
    },
    120_000,
  );

  test('a corrected kind is kept; one that there is not is refused', async () => {
    const path = join(folder, 'talk.tsv');
    const { result } = await runJson('import', path, '--kind', 'texts');
    expect(result).toMatchObject({ finding: { kind: 'texts', notYet: ['text-generation'] } });
    expect((await runJson('import', path)).result).toMatchObject({ finding: { kind: 'texts' } });
    const refused = await runJson('import', path, '--kind', 'poems');
    expect(refused.code).toBe(1);
    expect(refused.result['error']).toMatchObject({ code: 'definition-unknown' });
  }, 60_000);
});
