/** The microphone's gate: shut at first, open for one request, and for seconds only. */
import { expect, test } from 'vitest';
import { MicrophoneGate } from './microphone';

test('grants one request after it was opened, and no other', () => {
  const gate = new MicrophoneGate(() => 1000);
  expect(gate.take()).toBe(false);
  gate.open();
  expect(gate.take()).toBe(true);
  expect(gate.take()).toBe(false);
});

test('shuts by itself after ten seconds', () => {
  let now = 1000;
  const gate = new MicrophoneGate(() => now);
  gate.open();
  now += 9_999;
  expect(gate.take()).toBe(true);
  gate.open();
  now += 10_000;
  expect(gate.take()).toBe(false);
});
