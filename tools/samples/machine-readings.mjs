/**
 * Writes the sample `machine-readings`: readings of a made-up pump. What it is asked to do and the weather decide every
 * reading, so that the readings belong together; a fault bends a few of them away from the others, mostly without leaving
 * the range in which each of them lies on ordinary days. The same seed writes the same bytes.
 *
 *   node tools/samples/machine-readings.mjs
 */
import { writeFileSync } from 'node:fs';
import { projectPath } from '../setup/cache.mjs';
import { generator, normalFrom } from './random.mjs';

const seed = 20261127;
const rows = 2400;
const faulty = 0.05;

const uniform = generator(seed);
const normal = normalFrom(uniform);

/** Names of the readings with the digits that the instrument shows. */
const digits = {
  speed: 0,
  current: 1,
  power: 2,
  pressure: 2,
  flow: 1,
  vibration: 2,
  'bearing temperature': 1,
  'oil temperature': 1,
  'room temperature': 1,
};
/** @typedef {Record<keyof typeof digits, number>} Readings */

/** @returns {Readings} of an ordinary moment */
function ordinary() {
  const [asked, load, room] = [uniform(), 0.3 + 0.7 * uniform(), 21 + normal(4)];
  const speed = 800 + 1000 * asked;
  const turning = speed / 1800;
  const current = 4 + 22 * load * turning;
  return {
    speed: speed + normal(8),
    current: current + normal(0.3),
    power: 0.36 * current + 0.8 * turning + normal(0.1),
    pressure: 1 + 3.5 * turning ** 2 * (0.6 + 0.4 * load) + normal(0.06),
    flow: 22 * turning * (1.1 - 0.3 * load) + normal(0.3),
    vibration: 0.6 + 1.6 * turning ** 2 + 0.3 * load + normal(0.06),
    'bearing temperature': room + 14 + 30 * load * turning + normal(0.8),
    'oil temperature': room + 9 + 22 * load * turning ** 0.5 + normal(0.7),
    'room temperature': room + normal(0.3),
  };
}

/** What each fault does to the readings, `much` from 0 to 1. @type {Record<string, (readings: Readings, much: number) => Partial<Readings>>} */
const faults = {
  'worn bearing': (readings, much) => ({
    vibration: readings.vibration + 0.4 + 0.5 * much,
    'bearing temperature': readings['bearing temperature'] + 5 + 7 * much,
  }),
  'blocked filter': (readings, much) => ({
    flow: readings.flow * (0.85 - 0.2 * much),
    pressure: readings.pressure + 0.4 + 0.6 * much,
  }),
  'slipping belt': (readings, much) => ({
    speed: readings.speed * (0.9 - 0.15 * much),
    vibration: readings.vibration + 0.15 + 0.2 * much,
  }),
  'leaking oil': (readings, much) => ({ 'oil temperature': readings['oil temperature'] + 6 + 6 * much }),
};
const kinds = Object.keys(faults);

const names = /** @type {(keyof Readings)[]} */ (Object.keys(digits));
const lines = Array.from({ length: rows }, () => {
  const readings = ordinary();
  const isFaulty = uniform() < faulty;
  const kind = kinds[Math.floor(uniform() * kinds.length)] ?? '';
  const much = uniform();
  const shown = isFaulty ? { ...readings, ...faults[kind]?.(readings, much) } : readings;
  return [...names.map((name) => shown[name].toFixed(digits[name])), isFaulty ? kind : 'normal'].join(',');
});
const path = projectPath('resources', 'samples', 'machine-readings', 'readings.csv');
writeFileSync(path, [[...names, 'state'].join(','), ...lines, ''].join('\n'));
console.log(`${path}: ${rows} rows, ${lines.filter((line) => !line.endsWith(',normal')).length} of them faulty`);
