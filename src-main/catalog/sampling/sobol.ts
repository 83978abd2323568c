/**
 * Points of a Sobol' sequence, in the order of Gray's code (Antonov & Saleev 1979), as they are and scrambled as Owen (1995)
 * does it, by a hash of the bits above each bit (Laine & Karras 2011, with the constants of Burley 2020): the points stay as
 * even, and every seed gives others.
 */
import { seedFrom } from '../random';
import { sobolDirections, type SobolDirections } from './sobol-directions';

const bits = 32;

/** Further dimensions are beyond the table. */
export const mostDimensions = sobolDirections.length + 1;

/** Direction numbers by dimension, as they are asked for. */
const known = new Map<number, Uint32Array>();

function directionsOf(dimension: number): Uint32Array {
  const kept = known.get(dimension);
  if (kept) return kept;
  const own = sobolDirections[dimension - 1];
  const made = own ? recurrence(own) : Uint32Array.from({ length: bits }, (_, bit) => 2 ** (bits - 1 - bit));
  known.set(dimension, made);
  return made;
}

/** v_i = a₁v_(i−1) ⊕ … ⊕ a_(s−1)v_(i−s+1) ⊕ v_(i−s) ⊕ (v_(i−s) >> s), Bratley & Fox 1988. */
function recurrence({ coefficients, initial }: SobolDirections): Uint32Array {
  const degree = initial.length;
  const directions = new Uint32Array(bits);
  for (let at = 0; at < bits; at++) {
    if (at < degree) {
      directions[at] = (initial[at] ?? 0) * 2 ** (bits - 1 - at);
      continue;
    }
    const oldest = directions[at - degree] ?? 0;
    let direction = oldest ^ (oldest >>> degree);
    for (let back = 1; back < degree; back++) {
      if ((coefficients >>> (degree - 1 - back)) & 1) direction ^= directions[at - back] ?? 0;
    }
    directions[at] = direction >>> 0;
  }
  return directions;
}

/** One coordinate of a point as an unsigned 32-bit integer. @param index from 0. @param dimension from 0, below `mostDimensions`. */
function coordinate(index: number, dimension: number): number {
  const directions = directionsOf(dimension);
  let gray = (index ^ (index >>> 1)) >>> 0;
  let value = 0;
  for (let bit = 0; gray !== 0; bit++, gray >>>= 1) if (gray & 1) value ^= directions[bit] ?? 0;
  return value >>> 0;
}

/** @returns the coordinate in [0, 1), the same as of every implementation with these direction numbers. */
export function sobolPoint(index: number, dimension: number): number {
  return coordinate(index, dimension) / 2 ** bits;
}

/** @returns the coordinate in [0, 1), scrambled for this seed. */
export function scrambledSobolPoint(index: number, dimension: number, seed: number): number {
  const own = seedFrom(seed, dimension) * 2 + 1;
  return reversed(scrambled(reversed(coordinate(index, dimension)), own)) / 2 ** bits;
}

/** Each bit is flipped or not by a hash of the lower bits alone, which reversed are the higher ones. */
function scrambled(value: number, seed: number): number {
  let mixed = (value + seed) | 0;
  mixed ^= Math.imul(mixed, 0x6c50b47c);
  mixed ^= Math.imul(mixed, 0xb82f1e52);
  mixed ^= Math.imul(mixed, 0xc7afe638);
  mixed ^= Math.imul(mixed, 0x8d22f6e6);
  return mixed >>> 0;
}

function reversed(value: number): number {
  let turned = ((value >>> 1) & 0x55555555) | ((value & 0x55555555) << 1);
  turned = ((turned >>> 2) & 0x33333333) | ((turned & 0x33333333) << 2);
  turned = ((turned >>> 4) & 0x0f0f0f0f) | ((turned & 0x0f0f0f0f) << 4);
  turned = ((turned >>> 8) & 0x00ff00ff) | ((turned & 0x00ff00ff) << 8);
  return ((turned >>> 16) | (turned << 16)) >>> 0;
}
