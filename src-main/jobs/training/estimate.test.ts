/** From measured rounds to an estimate, and through a run's log and back. */
import { describe, expect, test } from 'vitest';
import {
  describeEvent,
  estimateCodes,
  estimateParameters,
  estimatesIn,
  secondsOf,
  tookParameters,
} from '../../contract';
import { estimateOf, type Measured } from './estimate';

const measured: Measured = {
  batches: 24,
  ...{ opening: 2, closing: 1, validation: 0.25, saving: 0.05 },
  training: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
  ...{ peak: 400e6, sizes: { state: 3e6, weights: 1e6, predictions: 2e5, reading: 1e4 } },
};

describe('an estimate', () => {
  test('adds up: opening, epochs by the mean of the rounds, validation, saving, closing', () => {
    const estimate = estimateOf(measured, { epochs: 10, keepEvery: 0 });
    expect(estimate.epoch.value).toBeCloseTo(1.1 + 0.25 + 0.05, 9);
    expect(secondsOf(estimate, 10).value).toBeCloseTo(3 + 14, 9);
    expect(secondsOf(estimate, 4).value).toBeCloseTo(3 + 5.6, 9);
  });

  test('is as wide as its rounds vary, and never narrower than a tenth', () => {
    const even = estimateOf({ ...measured, training: [1, 1, 1, 1] }, { epochs: 10, keepEvery: 0 });
    expect(even.epoch.low).toBeCloseTo(0.9 * 1.3, 9);
    expect(even.epoch.high).toBeCloseTo(1.1 * 1.3, 9);
    const uneven = estimateOf(
      { ...measured, training: [0.5, 0.5, 1, 1, 1, 1, 1, 1, 3, 3] },
      { epochs: 10, keepEvery: 0 },
    );
    expect(uneven.epoch.low).toBeCloseTo(0.5 + 0.3, 9);
    expect(uneven.epoch.high).toBeCloseTo(3 + 0.3, 9);
  });

  test('counts the checkpoints that stay, two or three at the most, and the readings after epochs', () => {
    const disk = (epochs: number) => estimateOf(measured, { epochs, keepEvery: 0 }).disk;
    expect(disk(1)).toEqual({ value: 4.21e6, low: 4.21e6, high: 4.21e6 });
    expect(disk(2)).toEqual({ value: 7.22e6, low: 7.21e6, high: 7.22e6 });
    expect(disk(50)).toEqual({ value: 10.7e6, low: 7.21e6, high: 10.7e6 });
  });

  test('is read from the log of a run as it was written, to three digits', () => {
    const estimate = estimateOf(measured, { epochs: 10, keepEvery: 0 });
    const begun = estimateOf({ ...measured, peak: null, sizes: null }, { epochs: 10, keepEvery: 0 });
    const took = { epochs: 7, seconds: 12.34, memory: 410e6, disk: 10.2e6 };
    const events = [
      { code: estimateCodes.before, parameters: estimateParameters(estimate) },
      { code: 'paused', parameters: {} },
      { code: estimateCodes.begun, parameters: estimateParameters(begun) },
      { code: estimateCodes.took, parameters: tookParameters(took) },
    ];
    const read = estimatesIn(events);
    const epoch = { value: 1.4, low: 1.26, high: 1.54 };
    expect(read.before).toEqual({ ...estimate, epoch });
    expect(read.begun).toEqual({ ...begun, epoch });
    expect(read.took).toEqual({ ...took, seconds: 12.3 });
    for (const event of events) {
      for (const locale of ['en', 'zh'] as const) expect(describeEvent(event, locale)).not.toMatch(/[{}]|NaN/);
    }
    expect(estimatesIn([])).toEqual({ before: null, begun: null, took: null });
    // Of another release.
    expect(estimatesIn([{ code: estimateCodes.before, parameters: { minutes: 2 } }]).before).toBeNull();
  });
});
