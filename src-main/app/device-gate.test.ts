/** The devices' gate: shut at first, open for one request for one device, and for seconds only. */
import { expect, test } from 'vitest';
import { DeviceGate } from './device-gate';

test('grants one request after it was opened, and no other', () => {
  const gate = new DeviceGate(() => 1000);
  expect(gate.take('microphone')).toBe(false);
  gate.open('microphone');
  expect(gate.take('microphone')).toBe(true);
  expect(gate.take('microphone')).toBe(false);
});

test('opened for one device, it stays shut for the other', () => {
  const gate = new DeviceGate(() => 1000);
  gate.open('camera');
  expect(gate.take('microphone')).toBe(false);
  expect(gate.take('camera')).toBe(true);
});

test('names of devices are told once one of their kind was granted', () => {
  const gate = new DeviceGate(() => 1000);
  gate.open('camera');
  expect(gate.mayName('camera')).toBe(false);
  gate.take('camera');
  expect(gate.mayName('camera')).toBe(true);
  expect(gate.mayName('microphone')).toBe(false);
});

test('shuts by itself after ten seconds', () => {
  let now = 1000;
  const gate = new DeviceGate(() => now);
  gate.open('camera');
  now += 9_999;
  expect(gate.take('camera')).toBe(true);
  gate.open('camera');
  now += 10_000;
  expect(gate.take('camera')).toBe(false);
});
