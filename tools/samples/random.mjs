/** Random numbers of made-up samples, the same for the same seed. */

/** Mulberry32. @param {number} state @returns {() => number} of 0 to below 1 */
export function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Box and Muller, around 0. @param {() => number} uniform @returns {(deviation: number) => number} */
export function normalFrom(uniform) {
  return (deviation) => deviation * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
