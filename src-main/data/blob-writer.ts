/** A blob as it is written: bytes one after another into a file that gets the name of their sha256 at the end. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

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
    if (bytes.length > 0) await this.#file.writeFile(bytes);
  }
}
