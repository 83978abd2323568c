/** What is said in other ops must mean the same, so what cannot be is left as it was. */
import { describe, expect, test } from 'vitest';
import { dataTypes } from './protobuf';
import type { RecordedOp } from './recorder';
import { rewrite } from './rewrite';

const T = { type: dataTypes.float32 };
const op = (name: string, inputs: number[], id: number, shape: number[], attributes = {}): RecordedOp => ({
  name,
  inputs,
  attributes: { T, ...attributes },
  outputs: [{ id, shape, dtype: dataTypes.float32 }],
});
const adjoint = { adj_x: { bool: false }, adj_y: { bool: true } };
const product = (inputs: number[], id: number, shape: number[]) => op('BatchMatMulV2', inputs, id, shape, adjoint);
const sum = (axes: number[], shape: number[], keep: boolean) => ({
  ops: [op('Sum', [1, 9], 2, shape, { keep_dims: { bool: keep } })],
  constants: new Map([
    [9, { dtype: dataTypes.int32, shape: [axes.length], bytes: new Uint8Array(Int32Array.from(axes).buffer) }],
  ]),
});
const names = (ops: readonly RecordedOp[]) => ops.map(({ name }) => name);

describe('products', () => {
  const given = new Map([
    [1, [2, 3]],
    [2, [4, 3]],
  ]);

  test('of two matrices become plain', () => {
    const { ops } = rewrite({ ops: [product([1, 2], 3, [2, 4])], constants: new Map() }, given);
    expect(ops[0]).toMatchObject({
      name: 'MatMul',
      attributes: { transpose_a: { bool: false }, transpose_b: { bool: true } },
    });
  });

  test('of a batch of one that is reshaped before and after become plain', () => {
    const ops = [
      op('Reshape', [1, 8], 11, [1, 2, 3]),
      op('Reshape', [2, 8], 12, [1, 4, 3]),
      product([11, 12], 13, [1, 2, 4]),
      op('Add', [13, 3], 14, [1, 2, 4]),
      op('Reshape', [14, 8], 15, [2, 4]),
    ];
    const rewritten = rewrite({ ops, constants: new Map() }, new Map([...given, [3, [4]]])).ops;
    expect(names(rewritten)).toEqual(['Reshape', 'Reshape', 'MatMul', 'Add', 'Reshape']);
    expect(rewritten[2]?.inputs).toEqual([1, 2]);
  });

  test('of batches stay, and so does a batch of one that someone takes as it is', () => {
    const batches = [product([4, 5], 6, [7, 2, 4])];
    const shapes = new Map([...given, [4, [7, 2, 3]], [5, [7, 4, 3]]]);
    expect(names(rewrite({ ops: batches, constants: new Map() }, shapes).ops)).toEqual(['BatchMatMulV2']);
    const kept = [op('Reshape', [1, 8], 11, [1, 2, 3]), op('Reshape', [2, 8], 12, [1, 4, 3])];
    const used = [...kept, product([11, 12], 13, [1, 2, 4]), op('Relu', [13], 14, [1, 2, 4])];
    expect(names(rewrite({ ops: used, constants: new Map() }, given).ops)[2]).toBe('BatchMatMulV2');
  });
});

describe('sums', () => {
  test('over all sides but the last become a bias gradient', () => {
    const { ops } = rewrite(sum([0, 1, 2], [4], false), new Map());
    expect(ops[0]).toMatchObject({ name: 'BiasAddGrad', inputs: [1] });
  });

  test.each([
    ['over the last side', sum([1], [4], false)],
    ['that keep their sides', sum([0], [1], true)],
    ['down to one number', sum([0, 1], [], false)],
  ])('%s stay', (_what, recording) => {
    expect(names(rewrite(recording, new Map()).ops)).toEqual(['Sum']);
  });
});
