/** The pace of checkpoints within an epoch: by working time, and never more than their share of it. */
import { expect, test } from 'vitest';
import { CheckpointPace, usualRhythm } from './checkpoint-pace';

test('one is due every thirty seconds of work, counted from the last', () => {
  const pace = new CheckpointPace(usualRhythm, 1000);
  expect([pace.isDue(30_999), pace.isDue(31_000)]).toEqual([false, true]);
  pace.written(31_000, 31_050);
  expect([pace.isDue(61_049), pace.isDue(61_050)]).toEqual([false, true]);
});

test.each([100, 300, 900, 5000])(
  'writing that takes %i ms stays at a hundredth of an hour, the first time aside',
  (cost) => {
    const pace = new CheckpointPace(usualRhythm, 0);
    let [now, written] = [0, 0];
    while (now < 3_600_000) {
      now += 200;
      if (!pace.isDue(now)) continue;
      pace.written(now, now + cost);
      now += cost;
      written += cost;
    }
    expect(written).toBeGreaterThan(0);
    expect((written - cost) / now).toBeLessThanOrEqual(0.01);
  },
);
