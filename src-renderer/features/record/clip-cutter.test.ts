/** Clips of one length whatever the blocks, a meter in decibels, and samples as files hold them. */
import { expect, test } from 'vitest';
import { ClipCutter, levelOf, toInt16 } from './clip-cutter';

const counted = (first: number, length: number) => Float32Array.from({ length }, (_, at) => first + at);

test('no sample is lost or doubled between clips, whatever the blocks', () => {
  for (const size of [1, 3, 7, 10, 23]) {
    const cutter = new ClipCutter(10);
    const clips: Float32Array[] = [];
    for (let first = 0; first < 46; first += size) clips.push(...cutter.add(counted(first, size)));
    expect(clips.slice(0, 4)).toEqual([counted(0, 10), counted(10, 10), counted(20, 10), counted(30, 10)]);
  }
});

test('tells how much of the next clip is there', () => {
  const cutter = new ClipCutter(10);
  cutter.add(new Float32Array(4));
  expect(cutter.share).toBeCloseTo(0.4);
  cutter.add(new Float32Array(8));
  expect(cutter.share).toBeCloseTo(0.2);
});

test('the meter is in decibels: half of full scale is 6 dB below', () => {
  expect(levelOf(new Float32Array(8))).toBe(0);
  expect(levelOf(Float32Array.of(0, -1, 0.2))).toBe(1);
  expect(levelOf(Float32Array.of(0.5))).toBeCloseTo(1 - 6.0206 / 60, 4);
  expect(levelOf(Float32Array.of(0.0005))).toBe(0);
});

test('samples become int16, cut off beyond full scale', () => {
  expect([...new Int16Array(toInt16(Float32Array.of(0, 1, -1, 2, -2, 0.5)).buffer)]).toEqual([
    0, 32767, -32767, 32767, -32767, 16384,
  ]);
});
