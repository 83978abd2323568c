/** JSON: a list of records, or one record per line, read by DuckDB. Values inside values stay JSON text. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CodedError } from '../../contract';
import { copyAsCsv, readAsCsv } from '../as-csv';
import { firstCharacter } from '../file-heads';
import type { SourceContext, SourceDefinition, SourceFile } from '../source';
import { literal } from '../sql';

/** As the longest row of a CSV. */
const LONGEST_RECORD = 16 << 20;
/** DuckDB descends into values by calling itself, and thousands of levels end the process. */
const DEEPEST = 200;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

export const definition: SourceDefinition = {
  id: 'json',
  label: { en: 'Table (JSON)', zh: '表格（JSON）' },
  extensions: ['.json', '.jsonl', '.ndjson'],
  general: true,
  recognise: (path, head) => /\.(json|jsonl|ndjson)$/i.test(path) && /[[{]/.test(firstCharacter(head)),
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    await refuseDepth(file, context);
    // Every record is looked at for columns, and only their own values, so that a rare column is found and a deep one costs nothing.
    const from = `read_json(${literal(file.path)}, records = true, sample_size = -1, maximum_depth = 2,
      maximum_object_size = ${LONGEST_RECORD}, convert_strings_to_integers = false)`;
    return readAsCsv(file, target, context, (output) => copyAsCsv(file, from, output, context));
  },
};

/** @throws CodedError `json-too-deep` */
async function refuseDepth(file: SourceFile, { signal, progress }: SourceContext): Promise<void> {
  const total = (await stat(file.path)).size;
  const pass = { depth: 0, inText: false, escaped: false };
  let done = 0;
  for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 })) {
    signal.throwIfAborted();
    if (deepest(pass, chunk as Buffer) > DEEPEST) {
      throw new CodedError('json-too-deep', { file: file.name, most: DEEPEST });
    }
    done += (chunk as Buffer).length;
    progress({ stage: 'check', done, total, unit: 'bytes' });
  }
}

/** Goes on over a piece of a file. @returns the most brackets that were open at once. */
function deepest(pass: { depth: number; inText: boolean; escaped: boolean }, piece: Uint8Array): number {
  let most = pass.depth;
  for (const byte of piece) {
    if (pass.inText) {
      if (pass.escaped) pass.escaped = false;
      else if (byte === BACKSLASH) pass.escaped = true;
      else if (byte === QUOTE) pass.inText = false;
    } else if (byte === QUOTE) pass.inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_RECORD) most = Math.max(most, (pass.depth += 1));
    else if (byte === CLOSE_LIST || byte === CLOSE_RECORD) pass.depth -= 1;
  }
  return most;
}
