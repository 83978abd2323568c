/**
 * A small seeded generator: sfc32 (Doty-Humphrey, PractRand), whose state is filled by splitmix32 from any list of
 * integers. One list of integers (seed, epoch, layer, step) always gives the same numbers, on every machine.
 */
export type Generator = () => number;

/** @returns a function giving unsigned 32-bit integers. */
export function generator(...seeds: readonly number[]): Generator {
  let mixed = 0x9e3779b9;
  for (const seed of seeds) mixed = splitmix32(mixed ^ (seed >>> 0));
  let a = splitmix32(mixed);
  let b = splitmix32(a ^ 0x85ebca6b);
  let c = splitmix32(b ^ 0xc2b2ae35);
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** One integer out of several, for handing on as a seed (0 to 2³¹ − 1). */
export function seedFrom(...seeds: readonly number[]): number {
  return generator(...seeds)() >>> 1;
}

/** The finalizer of splitmix32; a bijection of 32-bit integers. */
function splitmix32(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
