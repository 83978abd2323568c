/** The order of a queue that a model renews: what was seen stays, what was labelled before is left out. */
import { expect, test } from 'vitest';
import type { Proposals } from '../../../../src-main/contract';
import { sureOrder } from './sure-order';

function proposals(rows: readonly number[], confidence: readonly number[]): Proposals {
  return {
    ...{ v: 1, versionId: 'v', column: 'c', source: { kind: 'network' }, createdAt: 0, seconds: 0 },
    ...{
      labelled: 10,
      editedCells: 10,
      labels: ['a'],
      rows: Int32Array.from(rows),
      codes: new Int32Array(rows.length),
    },
    ...{ confidence: Float32Array.from(confidence) },
    ...{ judgedConfidence: new Float32Array(0), judgedRight: new Uint8Array(0) },
  };
}
const nothing = new Int32Array(0);

test('least sure first is as the model gave it, most sure first by its confidence', () => {
  const open = new Set([4, 2, 7]);
  const given = proposals([4, 9, 2, 7], [0.4, 0.5, 0.9, 0.6]);
  expect([...sureOrder(given, 'least', nothing, open)]).toEqual([4, 2, 7]);
  expect([...sureOrder(given, 'most', nothing, open)]).toEqual([2, 7, 4]);
});

test('renewed, the rows that were seen stay in front and come once', () => {
  const open = new Set([4, 2, 7, 5]);
  const renewed = proposals([5, 7, 2], [0.1, 0.2, 0.3]);
  expect([...sureOrder(renewed, 'least', Int32Array.of(4, 2), open)]).toEqual([4, 2, 5, 7]);
});
