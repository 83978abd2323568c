/** Copies behind the rows of the data: whose answers they have, and what an epoch draws of them. */
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RowFile } from '../../data/row-file';
import { trainingOrder } from '../../engine/random';
import type { StoredInputs } from '../../engine/training-data';
import { withCopies } from './changed-copies';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-copies-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Five rows of two values; the third and the fifth are trained on, with three copies each. */
const rows = Float32Array.from([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]);
const copies = Float32Array.from([20, 20.5, 21, 21.5, 22, 22.5, 40, 40.5, 41, 41.5, 42, 42.5]);
const given = {
  ...{ inputShape: [2], scale: 1, targetScale: { mean: 0, standardDeviation: 1 } },
  ...{ targets: Int32Array.of(5, 6, 7, 8, 9), weights: Float32Array.of(1, 2, 3, 4, 5) },
};
const parts = { training: Int32Array.of(2, 4), validation: Int32Array.of(0), test: Int32Array.of(1, 3) };

/** Rows in a file, too many for memory. */
function inFile(values: Float32Array, name: string): RowFile {
  const path = join(folder, name);
  writeFileSync(path, values);
  const [type, dataset] = ['float32' as const, 'rows'];
  return new RowFile({
    fd: openSync(path, 'r'),
    offset: 0,
    rowBytes: 8,
    rows: values.length / 2,
    type,
    dataset,
    resident: false,
  });
}

test('a copy has the answer and the weight of its row', () => {
  const { data } = withCopies({ ...given, inputs: rows }, parts, copies, 3);
  expect([...data.targets]).toEqual([5, 6, 7, 8, 9, 7, 7, 7, 9, 9, 9]);
  expect([...data.weights!]).toEqual([1, 2, 3, 4, 5, 3, 3, 3, 5, 5, 5]);
  const numbers = withCopies({ ...given, targets: rows, targetWidth: 2, inputs: rows }, parts, copies, 1);
  expect([...numbers.data.targets].slice(10)).toEqual([2, 2.5, 4, 4.5]);
});

test('rows and copies are found in memory and in their files alike', async () => {
  const orders = [Int32Array.of(10, 5), Int32Array.of(3, 0), Int32Array.of(4, 9, 0)];
  const expected = [
    [42, 42.5, 20, 20.5],
    [3, 3.5, 0, 0.5],
    [4, 4.5, 41, 41.5, 0, 0.5],
  ];
  const [file, other] = [inFile(rows, 'rows'), inFile(copies, 'copies')];
  for (const [one, two] of [
    [rows, copies],
    [file, other],
    [rows, other],
  ] as const) {
    const { data } = withCopies({ ...given, inputs: one }, parts, two, 3);
    const inputs = data.inputs as StoredInputs;
    expect(inputs.resident).toBe(one === rows && two === copies);
    orders.forEach((order, at) => {
      inputs.expect(order, 2);
      expect([...inputs.take(order)]).toEqual(expected[at]);
    });
    expect([...inputs.readAll()]).toEqual([...rows, ...copies]);
  }
  await Promise.all([file.close(), other.close()]);
});

test('an epoch takes one copy of each training row, repeated by its seed and number', () => {
  const { parts: drawn } = withCopies({ ...given, inputs: rows }, parts, copies, 3);
  const seen = new Set<number>();
  for (let epoch = 1; epoch <= 20; epoch += 1) {
    const order = trainingOrder(drawn, 1, epoch);
    expect(order).toEqual(trainingOrder(drawn, 1, epoch));
    const [least, most] = [Math.min(...order), Math.max(...order)];
    expect([order.length, least >= 5 && least < 8, most >= 8 && most < 11]).toEqual([2, true, true]);
    for (const row of order) seen.add(row);
  }
  expect([...seen].sort((one, two) => one - two)).toEqual([5, 6, 7, 8, 9, 10]);
  expect(trainingOrder(parts, 1, 1).toSorted()).toEqual(parts.training);
});
