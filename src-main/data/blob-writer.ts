/** A blob as it is written: bytes one after another into a file that gets the name of their sha256 at the end. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Small pieces are gathered, so that thousands of them are no thousands of writes. */
const GATHERED = 4 << 20;

export class BlobWriter {
  readonly #folder: string;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #bytes = 0;
  #written = 0;

  private constructor(folder: string, path: string, file: FileHandle) {
    this.#folder = folder;
    this.#path = path;
    this.#file = file;
  }

  /** @param folder of the blobs, made where it is not there. */
  static async create(folder: string): Promise<BlobWriter> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, `unnamed-${randomUUID()}`);
    return new BlobWriter(folder, path, await open(path, 'wx'));
  }

  /**
   * Goes on with a file that was not finished: its first bytes count, and their sum is taken again.
   * @param name of the file in the folder. @param bytes at most as many as it has.
   */
  static async resume(folder: string, name: string, bytes: number): Promise<BlobWriter> {
    const path = join(folder, name);
    const writer = new BlobWriter(folder, path, await open(path, 'r+'));
    await writer.#file.truncate(bytes);
    if (bytes > 0) {
      const before = writer.#file.createReadStream({ start: 0, highWaterMark: GATHERED, autoClose: false });
      for await (const chunk of before) writer.#hash.update(chunk as Buffer);
    }
    writer.#bytes = bytes;
    writer.#written = bytes;
    return writer;
  }

  /** Of its file, until it is finished. */
  get name(): string {
    return basename(this.#path);
  }

  /** Bytes appended so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param bytes that are not changed afterwards. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= GATHERED) await this.#write();
  }

  /** Brings what was appended onto the disk. @returns its bytes. */
  async flush(): Promise<number> {
    await this.#write();
    await this.#file.datasync();
    return this.#bytes;
  }

  /** Flushed to disk. @returns the sha256, which is the blob's name. */
  async finish(): Promise<string> {
    await this.#write();
    await this.#file.sync();
    await this.#file.close();
    const sha256 = this.#hash.digest('hex');
    await rename(this.#path, join(this.#folder, sha256));
    return sha256;
  }

  /** For what is given up: nothing stays. */
  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #write(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.#written);
      at += bytesWritten;
      this.#written += bytesWritten;
    }
  }
}
