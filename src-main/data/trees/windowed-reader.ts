/**
 * A file read through a window that moves along it: an archive is read by a few dozen bytes at a time and mostly from front to
 * back, and where each of those were a read of its own, waiting would take most of an import's time.
 */
import type { FileHandle } from 'node:fs/promises';
import { RandomAccessReader } from 'yauzl';

const WINDOW_BYTES = 64 << 10;

export class WindowedReader extends RandomAccessReader {
  readonly #file: FileHandle;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  /** @returns the bytes as a copy, fewer than asked where the file ends before */
  async bytes(start: number, length: number): Promise<Buffer> {
    if (length > WINDOW_BYTES) return this.#fromFile(start, length);
    if (start < this.#start || start + length > this.#start + this.#window.length) {
      const window = await this.#fromFile(start, WINDOW_BYTES);
      // Several may wait for a window at once: each takes its bytes from its own.
      [this.#start, this.#window] = [start, window];
      return Buffer.from(window.subarray(0, length));
    }
    return Buffer.from(this.#window.subarray(start - this.#start, start - this.#start + length));
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.bytes(position, length).then((bytes) => callback(null, bytes.copy(buffer, offset)), callback);
  }

  /** The file is its opener's to close. */
  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  async #fromFile(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, start);
    return bytes.subarray(0, bytesRead);
  }
}
