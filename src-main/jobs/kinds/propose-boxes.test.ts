/** Proposals of boxes as the real job: coloured shapes on noise are found in pictures that nobody has looked at. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { matchBoxes } from '../../catalog/detection/matching';
import { boxSchema, type Box } from '../../contract';
import { readProposals } from '../../data/assist/assist-files';
import { versionFolder } from '../../data/paths';
import { randomSource } from '../../data/random';
import { loadTensorFlow } from '../../engine/tf';
import { appendEdits } from '../../storage/edits';
import { openLibrary, type Library } from '../../storage/library';
import type { JobContext } from '../definition';
import { importJob } from './import';
import { proposeLabelsJob } from './propose-labels';

const SIDE = 64;
const PICTURES = 36;
const LOOKED_AT = 20;
let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-boxes-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(signal = new AbortController().signal): JobContext {
  const nothing = () => undefined;
  const others = { progress: nothing, live: nothing, state: nothing, onCommand: nothing, onAsk: nothing };
  return { jobId: 'job-1', library, resources: resolve('resources'), signal, ...others };
}

/** Up to three shapes that do not lie over each other, red discs and blue squares, on grey noise. */
function drawShapes(path: string, random: () => number): Box[] {
  const canvas = createCanvas(SIDE, SIDE);
  const paint = canvas.getContext('2d');
  for (let place = 0; place < (SIDE / 4) ** 2; place += 1) {
    const grey = Math.round(70 + 110 * random());
    paint.fillStyle = `rgb(${grey},${grey},${grey})`;
    paint.fillRect(4 * (place % (SIDE / 4)), 4 * Math.floor(place / (SIDE / 4)), 4, 4);
  }
  const boxes: Box[] = [];
  const isFree = (x: number, y: number, side: number) =>
    boxes.every((box) => {
      const [left, top, other] = [box.x * SIDE, box.y * SIDE, box.width * SIDE];
      return x + side < left || left + other < x || y + side < top || top + other < y;
    });
  for (let trial = 0; trial < 12 && boxes.length < 3; trial += 1) {
    const side = Math.round(14 + 12 * random());
    const [x, y] = [Math.round((SIDE - side) * random()), Math.round((SIDE - side) * random())];
    if (!isFree(x, y, side)) continue;
    const isDisc = random() < 0.5;
    paint.fillStyle = isDisc ? 'rgb(210,40,40)' : 'rgb(40,60,210)';
    paint.beginPath();
    if (isDisc) paint.arc(x + side / 2, y + side / 2, side / 2, 0, 2 * Math.PI);
    else paint.rect(x, y, side, side);
    paint.fill();
    boxes.push({
      label: isDisc ? 'disc' : 'square',
      ...{ x: x / SIDE, y: y / SIDE, width: side / SIDE, height: side / SIDE },
    });
  }
  writeFileSync(path, canvas.toBuffer('image/png'));
  return boxes;
}

/** @returns boxes of each row, of which the journal knows those of the first rows. */
async function importShapes(): Promise<{ versionId: string; truths: Box[][] }> {
  const random = randomSource(12);
  const path = join(folder, 'shapes');
  mkdirSync(path);
  const name = (row: number) => join(path, `${String(row).padStart(3, '0')}.png`);
  const truths = Array.from({ length: PICTURES }, (_, row) => drawShapes(name(row), random));
  const source = { kind: 'file', path } as const;
  const { versionId } = (await importJob.run({ source, name: null, target: null }, context())) as { versionId: string };
  appendEdits(library.db, versionId, [
    { edit: { kind: 'add-column', column: 'things', type: 'boxes' }, rows: new Int32Array(0) },
  ]);
  return { versionId, truths };
}

function label(versionId: string, truths: readonly Box[][], first: number, end: number): void {
  appendEdits(
    library.db,
    versionId,
    truths.slice(first, end).map((boxes, at) => {
      const edit = { kind: 'set', column: 'things', value: JSON.stringify(boxes) } as const;
      return { edit, rows: Int32Array.of(first + at) };
    }),
  );
}

test('shapes are found where nobody has looked, how well is said before, and nothing is left behind', async () => {
  const { versionId, truths } = await importShapes();
  const input = { versionId, column: 'things', runId: null };
  label(versionId, truths, 0, 6);
  await expect(proposeLabelsJob.run(input, context())).rejects.toMatchObject({ code: 'assist-few-boxes' });
  label(versionId, truths, 6, LOOKED_AT);
  await expect(proposeLabelsJob.run(input, context(AbortSignal.abort(new Error('cancelled'))))).rejects.toThrow(
    'cancelled',
  );
  expect(readdirSync(versionFolder(library, versionId)).filter((name) => name.startsWith('proposals'))).toEqual([]);

  const { tf } = await loadTensorFlow({ convolution: true });
  const before = tf.memory().numTensors;
  await proposeLabelsJob.run(input, context());
  expect(tf.memory().numTensors).toBe(before);
  const proposals = (await readProposals(library, { versionId, column: 'things' }))!;
  expect([...proposals.rows].sort((one, other) => one - other)).toEqual(
    Array.from({ length: PICTURES - LOOKED_AT }, (_, at) => LOOKED_AT + at),
  );
  const classes = ['disc', 'square'];
  const counts = { proposed: 0, right: 0, there: 0 };
  for (const [at, row] of proposals.rows.entries()) {
    const code = proposals.codes[at]!;
    const boxes = boxSchema.array().parse(JSON.parse(proposals.labels[code]!));
    const found = boxes.map((box, place) => {
      return { ...box, label: classes.indexOf(box.label), score: proposals.sureness![code]![place]! };
    });
    const there = truths[row]!.map((box) => ({ ...box, label: classes.indexOf(box.label) }));
    counts.proposed += found.length;
    counts.there += there.length;
    counts.right += matchBoxes(found, there, 0.5).filter((overlap) => overlap > 0).length;
    // The surest of a picture comes first, and each says how sure it is.
    expect(proposals.sureness![code]).toEqual([...proposals.sureness![code]!].sort((one, other) => other - one));
    expect(found.every(({ score }) => score > 0 && score < 1)).toBe(true);
  }
  const [recall, precision] = [counts.right / counts.there, counts.right / counts.proposed];
  expect(recall).toBeGreaterThan(0.8);
  expect(precision).toBeGreaterThan(0.8);
  // What is said of pictures that a finder had not seen holds for those that nobody has looked at.
  const said = proposals.boxes!;
  expect(said).toMatchObject({ pictures: LOOKED_AT, there: truths.slice(0, LOOKED_AT).flat().length });
  expect(Math.abs(said.right / said.there - recall)).toBeLessThan(0.2);
  expect(Math.abs(said.right / said.proposed - precision)).toBeLessThan(0.2);
  expect(said.averagePrecision).toBeGreaterThan(0.8);
  expect(proposals.judgedRight).toHaveLength(LOOKED_AT);
});
