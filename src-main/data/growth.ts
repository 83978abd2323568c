/**
 * A blob that grows file by file for minutes, and beside it a journal with one line for each file: every few seconds both are
 * brought to the disk and their lengths kept, so that a killed import goes on from there. Without pieces to keep it in, it
 * is a blob like any other.
 */
import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BlobWriter } from './blob-writer';
import type { Pieces } from './pieces';

const stateSchema = z.object({
  /** What it grows from; anything else begins anew. */
  of: z.string(),
  /** The blob's file; its sha256 once it is whole. */
  file: z.string(),
  isWhole: z.boolean(),
  bytes: z.number().int(),
});

export interface GrowthRequest<Schema extends z.ZodType> {
  readonly name: string;
  /** Tells apart what it grows from. */
  readonly of: string;
  /** The folder of the blobs. */
  readonly blobs: string;
  readonly record: Schema;
  readonly pieces: Pieces | undefined;
}

export class Growth<Record> {
  /** What was noted before, in order. */
  readonly records: readonly Record[];
  /** The name of the whole blob, where it had been finished. */
  readonly whole: string | null;
  readonly #request: GrowthRequest<z.ZodType>;
  readonly #journal: Journal | null;
  #blob: BlobWriter | null;

  private constructor(
    request: GrowthRequest<z.ZodType>,
    found: { records: readonly Record[]; whole: string | null; blob: BlobWriter | null; journal: Journal | null },
  ) {
    this.#request = request;
    this.records = found.records;
    this.whole = found.whole;
    this.#blob = found.blob;
    this.#journal = found.journal;
  }

  /** Goes on where it was kept last, or begins. */
  static async open<Schema extends z.ZodType>(request: GrowthRequest<Schema>): Promise<Growth<z.output<Schema>>> {
    const { pieces, name, blobs, record } = request;
    if (!pieces) {
      const blob = await BlobWriter.create(blobs);
      return new Growth<z.output<Schema>>(request, { records: [], whole: null, blob, journal: null });
    }
    const state = pieces.get(name, stateSchema);
    const path = join(pieces.folder, `${name}.journal`);
    const records = state?.of === request.of ? await readJournal(path, record) : null;
    const journal = await Journal.open(path, records === null);
    if (!state || !records) {
      if (state) await rm(join(blobs, state.file), { force: true });
      const blob = await BlobWriter.create(blobs);
      return new Growth<z.output<Schema>>(request, { records: [], whole: null, blob, journal });
    }
    const blob = state.isWhole ? null : await BlobWriter.resume(blobs, state.file, state.bytes);
    return new Growth<z.output<Schema>>(request, { records, whole: state.isWhole ? state.file : null, blob, journal });
  }

  /** Where its bytes go while it is not whole. */
  get blob(): BlobWriter {
    if (!this.#blob) throw new Error(`${this.#request.name} is whole already`);
    return this.#blob;
  }

  note(record: Record): void {
    this.#journal?.note(record);
  }

  /** After a file whose bytes and record are both in. */
  async keepIfDue(): Promise<void> {
    const { pieces } = this.#request;
    if (!pieces?.isDue()) return;
    const bytes = await this.blob.flush();
    await this.#keep(this.blob.name, false, bytes);
  }

  /** @returns the blob's name. */
  async finish(): Promise<string> {
    const { bytes } = this.blob;
    const sha256 = await this.blob.finish();
    this.#blob = null;
    await this.#keep(sha256, true, bytes);
    return sha256;
  }

  /** Another blob, which was made from the whole one, in its place. */
  async replace(sha256: string, bytes: number): Promise<void> {
    await this.#keep(sha256, true, bytes);
  }

  /** Closes the journal; for what is given up, the blob goes too. */
  async close(): Promise<void> {
    await this.#journal?.close();
    await this.#blob?.discard();
    this.#blob = null;
  }

  async #keep(file: string, isWhole: boolean, bytes: number): Promise<void> {
    const { pieces, name, of, blobs } = this.#request;
    if (!pieces || !this.#journal) return;
    const files = new Map([
      [join(blobs, file), bytes],
      [this.#journal.path, await this.#journal.flush()],
    ]);
    await pieces.keep(name, { of, file, isWhole, bytes }, files);
  }
}

/** Null where a line is not as it was written. */
async function readJournal<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>[] | null> {
  const text = await readFile(path, 'utf8');
  const lines = text === '' ? [] : text.trimEnd().split('\n');
  const records: z.output<Schema>[] = [];
  for (const line of lines) {
    const parsed = schema.safeParse(parsedJson(line));
    if (!parsed.success) return null;
    records.push(parsed.data);
  }
  return records;
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A file of lines that only grows. */
class Journal {
  readonly path: string;
  readonly #file: FileHandle;
  #waiting: string[] = [];

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async open(path: string, anew: boolean): Promise<Journal> {
    return new Journal(path, await open(path, anew ? 'w' : 'a'));
  }

  note(record: unknown): void {
    this.#waiting.push(`${JSON.stringify(record)}\n`);
  }

  /** @returns its bytes, which are on the disk. */
  async flush(): Promise<number> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    if (text !== '') await this.#file.writeFile(text);
    await this.#file.datasync();
    return (await this.#file.stat()).size;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
