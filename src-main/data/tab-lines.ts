/**
 * Values parted by tabs, a line each, in which quotes are characters as others are (IANA's text/tab-separated-values): what
 * collections of sentences are published as. A line that does not fit is left out.
 */
import { CodedError } from '../contract';
import { readAsCsv, refuseWidth, writeAsCsv } from './as-csv';
import { LONGEST_LINE, readLines, type TextLine } from './csv/lines';
import type { ReadContext, ReadResult, SourceFile, SourceTarget } from './source';

/**
 * @param names of the columns; null where the first line has them.
 * @throws CodedError `csv-empty`, `csv-header-only`, `csv-encoding`; as `readCsv`
 */
export async function readTabLines(
  file: SourceFile,
  names: readonly string[] | null,
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  const columns = names ?? (await readHeader(file, context));
  refuseWidth(file, columns.length);
  let count = 0;
  const rows = async function* () {
    let isHeader = names === null;
    for await (const line of readLines(file, context)) {
      if (isHeader || line.text?.trim() === '') {
        isHeader = false;
        continue;
      }
      const values = valuesOf(file, line, columns.length, context);
      if (!values) continue;
      count += 1;
      yield values;
    }
  };
  return readAsCsv(file, target, context, async (output) => {
    await writeAsCsv(columns, rows(), output, context);
    if (count === 0) throw new CodedError('csv-header-only', { file: file.name });
    return names === null ? [] : [{ code: 'no-header', parameters: { columns: names.join(', ') } }];
  });
}

async function readHeader(file: SourceFile, context: ReadContext): Promise<string[]> {
  for await (const { text } of readLines(file, context)) {
    if (text?.trim() !== '') return (text ?? '').split('\t').map((name) => name.trim());
  }
  throw new CodedError('csv-empty', { file: file.name });
}

function valuesOf(file: SourceFile, { row, text }: TextLine, expected: number, context: ReadContext): string[] | null {
  const place = { file: file.name, row };
  const values = text?.split('\t');
  if (values?.length === expected) return values;
  const reason = values
    ? new CodedError('values-count', { ...place, found: values.length, expected })
    : new CodedError('text-row-too-long', { ...place, most: LONGEST_LINE >> 20 });
  context.leaveOut(place, reason);
  return null;
}
