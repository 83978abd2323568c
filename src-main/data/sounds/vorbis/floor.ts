/** Floors of kind 1 (Vorbis I, section 7): the rough shape of a spectrum, as a line of straight pieces in decibels. */
import { bitLength, type PacketReader } from './bits';
import type { Codebook } from './codebook';
import { OggDamage } from '../ogg';

interface FloorClass {
  readonly dimensions: number;
  readonly bits: number;
  readonly masterbook: number;
  /** -1 for none. */
  readonly books: readonly number[];
}

export interface Floor {
  /** Which class each stretch of points has. */
  readonly partitions: readonly FloorClass[];
  readonly multiplier: number;
  /** Where the points lie; the first two are the ends. */
  readonly places: readonly number[];
  /** Points from left to right. */
  readonly order: readonly number[];
  /** Of each point from the third on, the nearest earlier ones on either side. */
  readonly neighbours: readonly { readonly low: number; readonly high: number }[];
}

const RANGES = [256, 128, 86, 64];
/** Steps of 35/64 dB, the last of which is 0 dB. */
const amplitudes = Float64Array.from({ length: 256 }, (_, step) => 10 ** (((step - 255) * 35) / 64 / 20));

export function readFloor(reader: PacketReader): Floor {
  if (reader.read(16) !== 1) throw new OggDamage('a floor of a kind that encoders gave up in 2001');
  const classOf = Array.from({ length: reader.read(5) }, () => reader.read(4));
  const classes = Array.from({ length: Math.max(-1, ...classOf) + 1 }, (): FloorClass => {
    const dimensions = reader.read(3) + 1;
    const bits = reader.read(2);
    const masterbook = bits > 0 ? reader.read(8) : -1;
    return { dimensions, bits, masterbook, books: Array.from({ length: 2 ** bits }, () => reader.read(8) - 1) };
  });
  const partitions = classOf.flatMap((place) => classes[place] ?? []);
  const multiplier = reader.read(2) + 1;
  const rangeBits = reader.read(4);
  const places = [0, 2 ** rangeBits];
  for (const { dimensions } of partitions) {
    for (let point = 0; point < dimensions; point++) places.push(reader.read(rangeBits));
  }
  if (new Set(places).size < places.length) throw new OggDamage('two points of a floor in one place');
  const order = [...places.keys()].sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0));
  return { partitions, multiplier, places, order, neighbours: findNeighbours(places) };
}

function findNeighbours(places: readonly number[]): Floor['neighbours'] {
  return places.slice(2).map((place, at) => {
    let [low, high] = [0, 1];
    for (const [point, other] of places.slice(0, at + 2).entries()) {
      if (other < place && other > (places[low] ?? 0)) low = point;
      if (other > place && other < (places[high] ?? 0)) high = point;
    }
    return { low, high };
  });
}

/** The heights of a packet's points as they are coded; null where the channel is silent. */
export function readHeights(reader: PacketReader, floor: Floor, books: readonly Codebook[]): number[] | null {
  if (reader.read(1) === 0) return null;
  const bits = bitLength((RANGES[floor.multiplier - 1] ?? 0) - 1);
  const heights = [reader.read(bits), reader.read(bits)];
  const number = (book: number) => {
    const found = books[book];
    if (!found) throw new OggDamage('a floor without its codebook');
    return found.number(reader);
  };
  for (const { dimensions, bits: classBits, masterbook, books: own } of floor.partitions) {
    let chosen = classBits > 0 ? number(masterbook) : 0;
    for (let point = 0; point < dimensions; point++) {
      const book = own[chosen % 2 ** classBits] ?? -1;
      chosen = Math.floor(chosen / 2 ** classBits);
      heights.push(book >= 0 ? number(book) : 0);
    }
  }
  return heights;
}

/** @returns the amplitude that each of `length` frequencies is multiplied by. */
export function floorCurve(floor: Floor, heights: readonly number[], length: number): Float64Array {
  const { multiplier, places, order } = floor;
  const { final, isUsed } = unfold(floor, heights);
  const curve = new Float64Array(length);
  let [x, y] = [0, (final[0] ?? 0) * multiplier];
  for (const point of order.slice(1)) {
    if (!isUsed[point]) continue;
    const [nextX, nextY] = [places[point] ?? 0, (final[point] ?? 0) * multiplier];
    drawLine(curve, x, y, nextX, nextY);
    [x, y] = [nextX, nextY];
  }
  drawLine(curve, x, y, Math.max(length, x + 1), y);
  return curve;
}

/** Heights are coded as differences to what the neighbours foretell. */
function unfold({ multiplier, places, neighbours }: Floor, heights: readonly number[]) {
  const range = RANGES[multiplier - 1] ?? 0;
  const final = heights.slice(0, 2);
  const isUsed = [true, true];
  for (const [at, { low, high }] of neighbours.entries()) {
    const point = at + 2;
    const [x0 = 0, x1 = 0, x = 0] = [places[low], places[high], places[point]];
    const [y0 = 0, y1 = 0] = [final[low], final[high]];
    const foretold = y0 + Math.trunc(((y1 - y0) * (x - x0)) / (x1 - x0));
    const value = heights[point] ?? 0;
    isUsed[point] = value > 0;
    if (value === 0) {
      final[point] = foretold;
      continue;
    }
    isUsed[low] = isUsed[high] = true;
    const [above, below] = [range - foretold, foretold];
    if (value < 2 * Math.min(above, below)) {
      final[point] = foretold + (value % 2 ? -(value + 1) / 2 : value / 2);
    } else final[point] = above > below ? value : range - value - 1;
  }
  return { final, isUsed };
}

/** In whole steps of decibels, as every decoder must draw it (section 9.2.7); the end itself is left out. */
function drawLine(curve: Float64Array, x0: number, y0: number, x1: number, y1: number): void {
  const [across, up] = [x1 - x0, y1 - y0];
  const base = Math.trunc(up / across);
  const rest = Math.abs(up) - Math.abs(base) * across;
  const sign = up < 0 ? -1 : 1;
  let [y, error] = [y0, 0];
  for (let x = x0; x < Math.min(x1, curve.length); x++) {
    curve[x] = amplitudes[Math.max(0, Math.min(255, y))] ?? 0;
    error += rest;
    y += base;
    if (error < across) continue;
    error -= across;
    y += sign;
  }
}
