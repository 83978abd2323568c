/** A text file chunk by chunk, decoded and checked: the way on which every line and record from outside comes in. */
import { open } from 'node:fs/promises';
import { CodedError } from '../../contract';
import type { SourceContext, SourceFile } from '../source';
import { StrictDecoder, detectEncoding, type Encoding } from './decode';

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
  try {
    const total = (await input.stat()).size;
    const chunk = Buffer.alloc(Math.min(CHUNK, total));
    let decoder: StrictDecoder | null = null;
    let encoding: Encoding = 'utf-8';
    for (let read = 0; read < total;) {
      context.signal.throwIfAborted();
      const { bytesRead } = await input.read(chunk, 0, chunk.length, read);
      if (bytesRead === 0) throw new CodedError('file-changed', { file: file.name });
      let bytes = chunk.subarray(0, bytesRead);
      if (!decoder) {
        const detected = detectEncoding(bytes);
        encoding = detected.encoding;
        decoder = new StrictDecoder(file.name, encoding);
        bytes = bytes.subarray(detected.markBytes);
      }
      read += bytesRead;
      yield { bytes: decoder.push(bytes, read >= total), last: read >= total, encoding };
      context.progress({ stage: 'check', done: read, total, unit: 'bytes' });
    }
  } finally {
    await input.close();
  }
}

/** A whole small file. @throws CodedError `csv-encoding` naming the row */
export function decodeWhole(bytes: Buffer, file: string): string {
  const { encoding, markBytes } = detectEncoding(bytes);
  return new StrictDecoder(file, encoding).push(bytes.subarray(markBytes), true).toString('utf8');
}
