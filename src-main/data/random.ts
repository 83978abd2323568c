/**
 * Seeded random numbers for splits: sfc32 (Chris Doty-Humphrey, PractRand), its state filled by splitmix32 (after
 * Steele, Lea and Flood, 2014). Small, well tested, the same on every machine.
 */

/** splitmix32: one well-mixed uint32 after another from any seed. */
function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/**
 * sfc32.
 * @param stream tells several sequences of one seed apart.
 * @returns the next number, uniform in [0, 1) with 32 bits.
 */
export function randomSource(seed: number, stream = 0): () => number {
  const fill = splitmix32(splitmix32(seed)() ^ Math.imul(stream + 1, 0x85ebca6b));
  let a = fill();
  let b = fill();
  let c = fill();
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** Fisher–Yates, in place. */
export function shuffle(values: Int32Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    const kept = values[last] ?? 0;
    values[last] = values[chosen] ?? 0;
    values[chosen] = kept;
  }
}

/**
 * FNV-1a over the UTF-16 units of a text, begun at the seed and mixed at the end (MurmurHash3's finalizer): a draw that hangs
 * on a name and a seed alone.
 * @returns a whole number of 32 bits
 */
export function hashText(text: string, seed: number): number {
  let hash = splitmix32(seed)();
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
