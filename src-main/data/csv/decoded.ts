/** A text file chunk by chunk, decoded and checked: the way on which every line and record from outside comes in. */
import { open } from 'node:fs/promises';
import { CodedError } from '../../contract';
import type { SourceContext, SourceFile } from '../source';
import { StrictDecoder, detectEncoding, type Encoding } from './decode';
import { later } from './later';

/** Bytes read at a time. */
const CHUNK = 1 << 20;

export interface DecodedChunk {
  /** UTF-8, good until the next chunk is asked for. */
  readonly bytes: Buffer;
  /** Whether the file ends with it. */
  readonly last: boolean;
  readonly encoding: Encoding;
}

/**
 * No chunk at all of an empty file.
 * @throws CodedError `csv-encoding` naming the row, `file-changed`, `file-missing`
 */
export async function* readDecoded(file: SourceFile, context: SourceContext): AsyncGenerator<DecodedChunk> {
  const input = await open(file.path).catch((error: unknown) => {
    throw new CodedError('file-missing', { file: file.name }, error);
  });
  let reading: Promise<unknown> = Promise.resolve();
  try {
    const total = (await input.stat()).size;
    const chunks = [0, 1].map(() => Buffer.alloc(Math.min(CHUNK, total)));
    // While one chunk is worked on, the next is read.
    const read = (turn: number, from: number) => {
      const chunk = chunks[turn] ?? Buffer.alloc(CHUNK);
      const begun = later(input.read(chunk, 0, chunk.length, from));
      reading = begun;
      return begun;
    };
    let decoder: StrictDecoder | null = null;
    let encoding: Encoding = 'utf-8';
    let next = read(0, 0);
    for (let done = 0, turn = 1; done < total; turn = 1 - turn) {
      context.signal.throwIfAborted();
      const { bytesRead, buffer } = (await next)();
      if (bytesRead === 0) throw new CodedError('file-changed', { file: file.name });
      let bytes = buffer.subarray(0, bytesRead);
      if (!decoder) {
        const detected = detectEncoding(bytes);
        encoding = detected.encoding;
        decoder = new StrictDecoder(file.name, encoding);
        bytes = bytes.subarray(detected.markBytes);
      }
      done += bytesRead;
      next = read(turn, done);
      yield { bytes: decoder.push(bytes, done >= total), last: done >= total, encoding };
      context.progress({ stage: 'check', done, total, unit: 'bytes' });
    }
  } finally {
    await reading;
    await input.close();
  }
}

/** A whole small file. @throws CodedError `csv-encoding` naming the row */
export function decodeWhole(bytes: Buffer, file: string): string {
  const { encoding, markBytes } = detectEncoding(bytes);
  return new StrictDecoder(file, encoding).push(bytes.subarray(markBytes), true).toString('utf8');
}
