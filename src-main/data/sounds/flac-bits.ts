/** Bits of a FLAC stream, the highest of each byte first. */

/** The stream ends in the middle of something. */
export class OutOfBits extends Error {}

/** CRC-16 with x¹⁶ + x¹⁵ + x² + 1, as RFC 9639 has it at the end of frames. */
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x8005 : 0);
  return crc;
});

export class BitReader {
  readonly #bytes: Uint8Array;
  #byte: number;
  /** Bits of the current byte that are still to be read. */
  #left = 8;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#byte = start;
  }

  get atEnd(): boolean {
    return this.#byte >= this.#bytes.length;
  }

  /** The byte in which the next bit lies. */
  get byte(): number {
    return this.#byte;
  }

  /** @param count 0 to 32. @returns an unsigned number. @throws OutOfBits */
  read(count: number): number {
    let value = 0;
    for (let wanted = count; wanted > 0;) {
      const current = this.#bytes[this.#byte];
      if (current === undefined) throw new OutOfBits();
      const taken = Math.min(wanted, this.#left);
      const bits = (current >> (this.#left - taken)) & ((1 << taken) - 1);
      value = value * 2 ** taken + bits;
      wanted -= taken;
      this.#left -= taken;
      if (this.#left === 0) this.#next();
    }
    return value;
  }

  /** @param count 1 to 32 bits of two's complement. */
  readSigned(count: number): number {
    const value = this.read(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  /** How many 0 stand before the next 1, which is read too. @throws OutOfBits */
  readUnary(): number {
    let zeros = 0;
    for (;;) {
      const current = this.#bytes[this.#byte];
      if (current === undefined) throw new OutOfBits();
      const rest = current & ((1 << this.#left) - 1);
      if (rest !== 0) {
        const ahead = Math.clz32(rest) - (32 - this.#left);
        this.#left -= ahead + 1;
        if (this.#left === 0) this.#next();
        return zeros + ahead;
      }
      zeros += this.#left;
      this.#next();
    }
  }

  /** To the beginning of a byte. */
  align(): void {
    if (this.#left < 8) this.#next();
  }

  /** Of the bytes from `start` to where the reader stands. */
  crc16(start: number): number {
    let crc = 0;
    for (let at = start; at < this.#byte; at++) {
      crc = ((crc << 8) & 0xffff) ^ (crcTable[(crc >> 8) ^ (this.#bytes[at] ?? 0)] ?? 0);
    }
    return crc;
  }

  #next(): void {
    this.#byte += 1;
    this.#left = 8;
  }
}
