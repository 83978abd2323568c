import { expect, test } from 'vitest';
import type { LiveEvent } from '../contract';
import { LiveBuffer } from './live-buffer';

const event = (seq: number): LiveEvent => ({ v: 1, seq, type: 'state', state: 'running' });

function watcher() {
  const seqs: number[] = [];
  let close: () => void = () => undefined;
  return {
    seqs,
    close: () => close(),
    port: { post: ({ seq }: LiveEvent) => void seqs.push(seq), onClose: (listener: () => void) => (close = listener) },
  };
}

test('who attaches late gets what came after its history, then the rest, without a gap or a duplicate', () => {
  const buffer = new LiveBuffer();
  for (let seq = 1; seq <= 5; seq++) buffer.push(event(seq));
  const window = watcher();
  buffer.attach(window.port, 3);
  buffer.push(event(6));
  expect(window.seqs).toEqual([4, 5, 6]);
});

test('who has gone away gets nothing more', () => {
  const buffer = new LiveBuffer();
  const window = watcher();
  buffer.attach(window.port, 0);
  window.close();
  buffer.push(event(1));
  expect(window.seqs).toEqual([]);
});

test('a long job keeps the last events only', () => {
  const buffer = new LiveBuffer();
  for (let seq = 1; seq <= 25_000; seq++) buffer.push(event(seq));
  const window = watcher();
  buffer.attach(window.port, 0);
  expect(window.seqs.length).toBeLessThanOrEqual(20_000);
  expect(window.seqs.at(-1)).toBe(25_000);
});
