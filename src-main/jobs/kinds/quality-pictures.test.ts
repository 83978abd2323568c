/** The checks of pictures over a real library: planted twins, dark, flat, blurred and odd-sized ones, and a test part that is brighter. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportResult, QualityReport } from '../../contract';
import { readReport } from '../../data/quality/report-file';
import { randomSource } from '../../data/random';
import { openLibrary, type Library } from '../../storage/library';
import { getProject } from '../../storage/projects';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { qualityJob } from './quality';

const SIDE = 24;
let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-quality-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

async function reportOf(path: string): Promise<QualityReport> {
  const nothing = () => {};
  const context: JobContext = {
    ...{ jobId: 'job-1', library, resources: resolve('resources'), signal: new AbortController().signal },
    ...{ progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing },
  };
  const source = { kind: 'file', path } as const;
  const { versionId, projectId } = (await importJob.run({ source, name: null, target: null }, context)) as ImportResult;
  await qualityJob.run({ versionId, setup: getProject(library.db, projectId).data }, context);
  const report = await readReport(library, versionId);
  if (!report) throw new Error('no report');
  return report;
}

const rowsOf = (report: QualityReport, check: string) =>
  report.findings.filter((finding) => finding.check === check).flatMap(({ rows }) => rows);

/** Random fields of 4 × 4 pixels: no two alike, edges sharp. */
function blocks(random: () => number): Uint8Array {
  const fields = Array.from({ length: 36 }, () => 30 + 200 * random());
  return Uint8Array.from(
    { length: SIDE * SIDE },
    (_, at) => fields[6 * Math.floor(at / SIDE / 4) + Math.floor((at % SIDE) / 4)]!,
  );
}

/** Each pixel the mean of those around it. */
function blurred(picture: Uint8Array, radius: number): Uint8Array {
  return picture.map((_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    let [sum, count] = [0, 0];
    for (let row = Math.max(0, y - radius); row <= Math.min(SIDE - 1, y + radius); row += 1) {
      for (let column = Math.max(0, x - radius); column <= Math.min(SIDE - 1, x + radius); column += 1) {
        sum += picture[row * SIDE + column]!;
        count += 1;
      }
    }
    return sum / count;
  });
}

/** Writes IDX files, of which those of the test are optional. @returns the path to import */
function idx(training: readonly Uint8Array[], testing: readonly Uint8Array[] = []): string {
  const header = (magic: number, ...sizes: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    [magic, ...sizes].forEach((value, place) => bytes.writeUInt32BE(value, 4 * place));
    return bytes;
  };
  for (const [name, pictures] of [
    ['train', training],
    ['t10k', testing],
  ] as const) {
    if (pictures.length === 0) continue;
    const labels = Buffer.from(pictures.map((_, place) => place % 2));
    const images = Buffer.concat([header(0x803, pictures.length, SIDE, SIDE), ...pictures]);
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), images);
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), Buffer.concat([header(0x801, pictures.length), labels]));
  }
  return join(folder, 'train-images-idx3-ubyte');
}

test('twins, dark, bleached, flat and blurred pictures', async () => {
  const random = randomSource(12);
  const pictures = Array.from({ length: 60 }, () => blocks(random));
  pictures.push(
    Uint8Array.from(pictures[5]!),
    pictures[6]!.map((value) => Math.min(255, 0.9 * value + 20 + 2 * random())),
    blocks(random).map((value) => value / 8),
    blocks(random).map((value) => 240 + value / 20),
    new Uint8Array(SIDE * SIDE).fill(90),
    new Uint8Array(SIDE * SIDE).fill(90),
    blurred(blurred(blocks(random), 4), 4),
  );
  const report = await reportOf(idx(pictures));
  expect(rowsOf(report, 'duplicates')).toEqual([60, 65]);
  expect(rowsOf(report, 'near-duplicates')).toEqual([61]);
  expect(report.findings.find(({ check }) => check === 'near-duplicates')?.partners).toEqual([6]);
  const dark = report.findings.filter(({ check }) => check === 'dark-pictures');
  expect(dark.map(({ sentence, rows }) => [sentence.en, rows]).sort()).toEqual([
    ['1 picture is almost black.', [62]],
    ['1 picture is almost white.', [63]],
    ['2 pictures are of one flat colour.', [64, 65]],
  ]);
  expect(rowsOf(report, 'blurred-pictures')).toEqual([66]);
  expect(report.findings.find(({ check }) => check === 'blurred-pictures')?.fixes[0]?.edits).toEqual([
    { kind: 'exclude', rows: [66], reason: 'blurred-pictures' },
  ]);
});

test('a brighter test part is told, an equal one is not', async () => {
  const random = randomSource(13);
  const part = (count: number, light: number) =>
    Array.from({ length: count }, () => blocks(random).map((value) => Math.min(255, value * 0.7 + light)));
  const equal = await reportOf(idx(part(300, 20), part(150, 20)));
  expect(equal.findings.filter(({ check }) => check !== 'wrong-labels')).toEqual([]);
  const brighter = await reportOf(idx(part(300, 20), part(150, 60)));
  const [shift] = brighter.findings.filter(({ check }) => check === 'split-shift');
  expect(shift?.sentence.en).toMatch(/^Pictures for the test are brighter/);
});

test('pictures that came much smaller or in other proportions', async () => {
  const random = randomSource(14);
  const pictures = join(folder, 'pictures');
  for (const [place, kind] of ['leaf', 'bark'].entries()) {
    mkdirSync(join(pictures, kind), { recursive: true });
    for (let number = 0; number < 15; number += 1) {
      const [width, height] =
        place === 0 && number === 3 ? [20, 15] : place === 1 && number === 4 ? [80, 240] : [80, 60];
      const canvas = createCanvas(width, height);
      const context = canvas.getContext('2d');
      for (let field = 0; field < 48; field += 1) {
        context.fillStyle = `hsl(${Math.floor(360 * random())} 60% ${20 + Math.floor(60 * random())}%)`;
        context.fillRect((field % 8) * (width / 8), Math.floor(field / 8) * (height / 6), width / 8, height / 6);
      }
      writeFileSync(join(pictures, kind, `${String(number).padStart(2, '0')}.png`), canvas.toBuffer('image/png'));
    }
  }
  const report = await reportOf(pictures);
  const [odd] = report.findings.filter(({ check }) => check === 'odd-sized-pictures');
  // Folders by name: bark first, so that leaf begins at row 15.
  expect(odd?.rows).toEqual([4, 18]);
  expect(odd?.sentence.en).toContain('80 × 60');
});
