/**
 * A table whose values are parted by spaces, as Fortran, MATLAB, R and many archives write them: any number of spaces and tabs
 * between values, words with spaces in quotes. R's way of naming rows, with one name fewer than there are columns, is known.
 */
import { CodedError } from '../../contract';
import { readAsCsv, refuseWidth, writeAsCsv } from '../as-csv';
import { decodeHead, isTable, sniffDelimiter } from '../csv/delimiter';
import { readLines } from '../csv/lines';
import { HEAD_BYTES, isBinary, readHead } from '../file-heads';
import { isMissingText, parseNumber } from '../missing';
import type { ReadContext, SourceDefinition, SourceFile } from '../source';

/** Lines looked at, the fewest there are, and the share of columns that hold numbers: prose has words between its spaces. */
const SAMPLE = 200;
const FEWEST_LINES = 3;
const NUMERIC_SHARE = 0.5;

export const definition: SourceDefinition = {
  id: 'spaced',
  label: { en: 'Table (values parted by spaces)', zh: '表格（以空格分隔）' },
  extensions: ['.dat', '.asc', '.data', '.txt', '.csv', '.tsv'],
  recognise: (path, head) =>
    /\.(dat|asc|data|txt|csv|tsv)$/i.test(path) && !isBinary(head) && sniffSpaces(head) !== null && !isBetterCsv(head),
  choices: ['header'],
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    const sniffed = sniffSpaces(await readHead(file.path));
    if (!sniffed) throw new CodedError('csv-empty', { file: file.name });
    refuseWidth(file, sniffed.columns);
    const write = async (output: string) => {
      await writeSpaced(file, sniffed, output, context);
      return [{ code: 'parted-by-spaces', parameters: {} }];
    };
    const said = { names: 'given', data: 'none', unsaid: 'find' } as const;
    const header = sniffed.namesRows ? 'given' : said[context.reading?.header ?? 'unsaid'];
    return readAsCsv(file, target, context, write, { header });
  },
};

interface Sniffed {
  readonly columns: number;
  /** Whether the first line names all columns but the first. */
  readonly namesRows: boolean;
}

/** @returns null where the text is no such table. */
function sniffSpaces(head: Uint8Array): Sniffed | null {
  const lines = decodeHead(head)
    .toString('utf8')
    .split(/\r\n|\r|\n/);
  if (head.length === HEAD_BYTES) lines.pop();
  const [first = [], ...rows] = lines
    .map(valuesOf)
    .filter(({ length }) => length > 0)
    .slice(0, SAMPLE);
  const columns = rows[0]?.length ?? 0;
  const namesRows = first.length === columns - 1;
  if (columns < 2 || rows.length + 1 < FEWEST_LINES || !(namesRows || first.length === columns)) return null;
  if (rows.some(({ length }) => length !== columns)) return null;
  const places = Array.from({ length: columns }, (_, place) => place);
  const numeric = places.filter((place) => rows.every((row) => isNumber(row[place] ?? '')));
  return numeric.length >= columns * NUMERIC_SHARE ? { columns, namesRows } : null;
}

function isNumber(value: string): boolean {
  return isMissingText(value) || parseNumber(value) !== null;
}

/** Where another character parts the values too, spaces are meant only if they part tabs' columns further. */
function isBetterCsv(head: Uint8Array): boolean {
  if (!isTable(head)) return false;
  const text = decodeHead(head);
  if (sniffDelimiter(text, head.length < HEAD_BYTES) !== '\t') return true;
  const [line = ''] = text.toString('utf8').split(/\r\n|\r|\n/, 1);
  return line.split('\t').length >= valuesOf(line).length;
}

function valuesOf(line: string): string[] {
  return Array.from(line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g), ([whole, double, single]) => double ?? single ?? whole);
}

/** @throws CodedError `csv-ragged`, `text-row-too-long` */
async function writeSpaced(file: SourceFile, { columns, namesRows }: Sniffed, output: string, context: ReadContext) {
  const lines = readRecords(file, context);
  const { value: first } = await lines.next();
  const header = namesRows ? ['row', ...(first?.values ?? [])] : (first?.values ?? []);
  const rows = async function* () {
    for await (const { row, values } of lines) {
      if (values.length !== columns)
        throw new CodedError('csv-ragged', { file: file.name, row, found: values.length, expected: columns });
      yield values;
    }
  };
  await writeAsCsv(header, rows(), output, context);
}

async function* readRecords(file: SourceFile, context: ReadContext) {
  for await (const { row, text } of readLines(file, context)) {
    if (text === null) throw new CodedError('text-row-too-long', { file: file.name, row, most: 1 });
    const values = valuesOf(text);
    if (values.length > 0) yield { row, values };
  }
}
