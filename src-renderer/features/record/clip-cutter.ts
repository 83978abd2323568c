/** Cuts what a microphone gives into clips of one length, and says how loud it is. */

export class ClipCutter {
  readonly #length: number;
  #clip: Float32Array<ArrayBuffer>;
  #filled = 0;

  /** @param length samples of a clip. */
  constructor(length: number) {
    this.#length = length;
    this.#clip = new Float32Array(length);
  }

  /** How much of the next clip is there, 0 to 1. */
  get share(): number {
    return this.#filled / this.#length;
  }

  /** @returns the clips that became whole; what is left over begins the next. */
  add(block: Float32Array): Float32Array<ArrayBuffer>[] {
    const whole: Float32Array<ArrayBuffer>[] = [];
    for (let at = 0; at < block.length;) {
      const taken = block.subarray(at, at + this.#length - this.#filled);
      this.#clip.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled < this.#length) continue;
      whole.push(this.#clip);
      this.#clip = new Float32Array(this.#length);
      this.#filled = 0;
    }
    return whole;
  }
}

/** Quieter than this is shown as nothing, in decibels below full scale. */
const QUIETEST = -60;

/** The loudest sample of a block as a meter shows it: 0 at -60 dB and below, 1 at full scale. */
export function levelOf(block: Float32Array): number {
  let peak = 0;
  for (const sample of block) peak = Math.max(peak, Math.abs(sample));
  if (peak === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(peak)) / QUIETEST));
}

/** int16 little-endian, ±32767 for ±1; what is beyond is cut off. */
export function toInt16(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * samples.length);
  const view = new DataView(bytes.buffer);
  for (const [at, sample] of samples.entries()) {
    view.setInt16(2 * at, Math.round(32767 * Math.max(-1, Math.min(1, sample))), true);
  }
  return bytes;
}
