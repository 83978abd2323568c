import { expect, test } from 'vitest';
import { DrawingPace } from './drawing-pace';

test('draws four times a second where it costs next to nothing', () => {
  const pace = new DrawingPace();
  expect(pace.milliseconds).toBe(250);
  pace.drew(2);
  expect(pace.milliseconds).toBe(250);
});

test('takes no more than a fiftieth of the time, and draws every two seconds at least', () => {
  const pace = new DrawingPace();
  for (let drawing = 0; drawing < 20; drawing += 1) pace.drew(20);
  expect(pace.milliseconds).toBeCloseTo(1000);
  for (let drawing = 0; drawing < 20; drawing += 1) pace.drew(500);
  expect(pace.milliseconds).toBe(2000);
});

test('one slow frame changes little', () => {
  const pace = new DrawingPace();
  for (let drawing = 0; drawing < 20; drawing += 1) pace.drew(10);
  pace.drew(30);
  expect(pace.milliseconds).toBeLessThan(850);
});
