/** Bits of a Vorbis packet, the lowest of each byte first. */

/** The packet ends: in sound that is how silence is left out, in headers damage. */
export class EndOfPacket extends Error {}

export class PacketReader {
  readonly #bytes: Uint8Array;
  #bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @param count 0 to 32. @throws EndOfPacket */
  read(count: number): number {
    let value = 0;
    for (let done = 0; done < count;) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) throw new EndOfPacket();
      const offset = this.#bit & 7;
      const taken = Math.min(8 - offset, count - done);
      value += ((byte >> offset) & ((1 << taken) - 1)) * 2 ** done;
      done += taken;
      this.#bit += taken;
    }
    return value;
  }
}

/** Bits that a number takes: 0 for 0, 1 for 1, 3 for 7. */
export function bitLength(value: number): number {
  return value > 0 ? 32 - Math.clz32(value) : 0;
}
