/** Parts as they are gathered for a file: each lies on the disk with its size and sha256, so that what is told of it is what is packed. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JobContext } from '../definition';
import type { Manifest } from './parts';

export interface PartFile {
  readonly stated: Manifest['parts'][number];
  /** Where it lies now. */
  readonly file: string;
}

type Working = Pick<JobContext, 'signal' | 'progress'>;

export class PartFiles {
  readonly #folder: string;
  readonly #context: Working;
  readonly #parts: PartFile[] = [];
  #hashed = 0;

  /** @param folder of the job alone. */
  constructor(folder: string, context: Working) {
    this.#folder = folder;
    this.#context = context;
  }

  get all(): readonly PartFile[] {
    return this.#parts;
  }

  async json(path: string, value: unknown): Promise<void> {
    await this.bytes(path, Buffer.from(JSON.stringify(value)));
  }

  async bytes(path: string, bytes: Uint8Array): Promise<void> {
    this.#context.signal.throwIfAborted();
    const file = join(this.#folder, 'parts', ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#parts.push({ stated: { path, bytes: bytes.byteLength, sha256 }, file });
  }

  /** A file of the library, which stays where it is. */
  measured(path: string, file: string, measured: Pick<PartFile['stated'], 'bytes' | 'sha256'>): void {
    this.#parts.push({ stated: { path, ...measured }, file });
  }

  /** @returns size and sha256 of a file. */
  async measure(file: string): Promise<{ bytes: number; sha256: string }> {
    const { size } = await stat(file);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      this.#context.signal.throwIfAborted();
      hash.update(chunk as Buffer);
      this.#hashed += (chunk as Buffer).length;
      this.#context.progress({ stage: 'hash', done: this.#hashed, total: null, unit: 'bytes' });
    }
    return { bytes: size, sha256: hash.digest('hex') };
  }
}
