/** From measured rounds to a forecast, and through a run's log and back. */
import { describe, expect, test } from 'vitest';
import {
  describeEvent,
  forecastCodes,
  forecastParameters,
  forecastsIn,
  secondsOf,
  tookParameters,
} from '../../contract';
import { forecastOf, type Measured } from './forecast';

const measured: Measured = {
  batches: 24,
  ...{ opening: 2, closing: 1, validation: 0.25, saving: 0.05 },
  training: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
  ...{ peak: 400e6, sizes: { state: 3e6, weights: 1e6, predictions: 2e5 } },
};

describe('a forecast', () => {
  test('adds up: opening, epochs by the mean of the rounds, validation, saving, closing', () => {
    const forecast = forecastOf(measured, { epochs: 10 });
    expect(forecast.epoch.value).toBeCloseTo(1.1 + 0.25 + 0.05, 9);
    expect(secondsOf(forecast, 10).value).toBeCloseTo(3 + 14, 9);
    expect(secondsOf(forecast, 4).value).toBeCloseTo(3 + 5.6, 9);
  });

  test('is as wide as its rounds vary, and never narrower than a tenth', () => {
    const even = forecastOf({ ...measured, training: [1, 1, 1, 1] }, { epochs: 10 });
    expect(even.epoch.low).toBeCloseTo(0.9 * 1.3, 9);
    expect(even.epoch.high).toBeCloseTo(1.1 * 1.3, 9);
    const uneven = forecastOf({ ...measured, training: [0.5, 0.5, 1, 1, 1, 1, 1, 1, 3, 3] }, { epochs: 10 });
    expect(uneven.epoch.low).toBeCloseTo(0.5 + 0.3, 9);
    expect(uneven.epoch.high).toBeCloseTo(3 + 0.3, 9);
  });

  test('counts the checkpoints that stay: as many as there are epochs, two or three at the most', () => {
    const disk = (epochs: number) => forecastOf(measured, { epochs }).disk;
    expect(disk(1)).toEqual({ value: 4.2e6, low: 4.2e6, high: 4.2e6 });
    expect(disk(2)).toEqual({ value: 7.2e6, low: 7.2e6, high: 7.2e6 });
    expect(disk(50)).toEqual({ value: 10.2e6, low: 7.2e6, high: 10.2e6 });
  });

  test('is read from the log of a run as it was written, to three digits', () => {
    const forecast = forecastOf(measured, { epochs: 10 });
    const begun = forecastOf({ ...measured, peak: null, sizes: null }, { epochs: 10 });
    const took = { epochs: 7, seconds: 12.34, memory: 410e6, disk: 10.2e6 };
    const events = [
      { code: forecastCodes.before, parameters: forecastParameters(forecast) },
      { code: 'paused', parameters: {} },
      { code: forecastCodes.begun, parameters: forecastParameters(begun) },
      { code: forecastCodes.took, parameters: tookParameters(took) },
    ];
    const read = forecastsIn(events);
    const epoch = { value: 1.4, low: 1.26, high: 1.54 };
    expect(read.before).toEqual({ ...forecast, epoch });
    expect(read.begun).toEqual({ ...begun, epoch });
    expect(read.took).toEqual({ ...took, seconds: 12.3 });
    for (const event of events) {
      for (const locale of ['en', 'zh'] as const) expect(describeEvent(event, locale)).not.toMatch(/[{}]|NaN/);
    }
    expect(forecastsIn([])).toEqual({ before: null, begun: null, took: null });
    // Of another release.
    expect(forecastsIn([{ code: forecastCodes.before, parameters: { minutes: 2 } }]).before).toBeNull();
  });
});
