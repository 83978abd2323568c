/** What is known of users and items beside their ratings: a small table by identifier, held in memory while the ratings are read. */
import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { CodedError } from '../contract';
import { decodeWhole } from './csv/decoded';
import { readTypedHeader, type FeatureLayout, type NamedColumn } from './rating-layouts';
import type { ReadContext, SourceFile } from './source';

/** Larger tables are not joined. */
const MOST_BYTES = 64 << 20;

export interface Features {
  readonly of: FeatureLayout['of'];
  /** Without the identifier. */
  readonly columns: readonly NamedColumn[];
  readonly byId: ReadonlyMap<string, readonly string[]>;
}

/** @returns null, and the file left out, where it can't be used. */
export async function readFeatures(
  file: SourceFile,
  layout: FeatureLayout,
  context: ReadContext,
): Promise<Features | null> {
  try {
    return await read(file, layout, context);
  } catch (error) {
    if (!(error instanceof CodedError) || context.signal.aborted) throw error;
    context.leaveOut({ file: file.name }, error);
    return null;
  }
}

async function read(file: SourceFile, layout: FeatureLayout, context: ReadContext): Promise<Features> {
  if ((await stat(file.path)).size > MOST_BYTES) {
    throw new CodedError('features-too-large', { file: file.name, most: MOST_BYTES >> 20 });
  }
  const bytes = await readFile(file.path);
  const isOld = layout.latin1 === true && !isUtf8(bytes);
  const lines = (isOld ? bytes.toString('latin1') : decodeWhole(bytes, file.name)).split(/\r\n|\r|\n/);
  const columns = layout.columns ?? readTypedHeader(lines[0] ?? '');
  if (!columns) throw new CodedError('ratings-header', { file: file.name });
  const byId = new Map<string, readonly string[]>();
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || (at === 0 && !layout.columns)) continue;
    const place = { file: file.name, row: at + 1 };
    const [id = '', ...values] = line.split(layout.delimiter);
    if (values.length !== columns.length - 1) {
      const counts = { found: values.length + 1, expected: columns.length };
      context.leaveOut(place, new CodedError('values-count', { ...place, ...counts }));
    } else if (byId.has(id)) {
      context.leaveOut(place, new CodedError('features-repeated', { ...place, id }));
    } else byId.set(id, values);
  }
  return { of: layout.of, columns: columns.slice(1), byId };
}
