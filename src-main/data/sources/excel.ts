/**
 * Excel (.xlsx): the first sheet that holds anything, its first row naming the columns, unless a person says otherwise of
 * either. Formulas count as the values that were saved with them and are never worked out.
 */
import { open } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';
import { CodedError } from '../../contract';
import { damaged, readAsCsv, refuseWidth, writeAsCsv, type CellValue } from '../as-csv';
import { beginsAs } from '../file-heads';
import type { SourceDefinition, SourceFile } from '../source';
import { tableNote, takeTable } from '../table-choice';

/** An .xlsx is a zip, read as a whole: what may stand in memory of it, packed and unpacked. */
const MOST_PACKED = 128 << 20;
const MOST_UNPACKED = 512 << 20;
const MOST_PARTS = 10_000;
/** The parts that hold values and the order of the sheets; pictures, themes and programs are not unpacked. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/.*|xl\/(workbook|sharedStrings|styles)\.xml|xl\/(_rels|worksheets)\/.*)$/i;

export const definition: SourceDefinition = {
  id: 'excel',
  label: { en: 'Table (Excel)', zh: '表格（Excel）' },
  extensions: ['.xlsx'],
  recognise: (path, head) => beginsAs('zip', head) && /\.xlsx$/i.test(path),
  choices: ['table', 'header'],
  companions: async (path) => [path],
  async tables([file]) {
    if (!file || sheetCount(await readWhole(file)) < 2) return [];
    return filledSheets(await readSheets(file)).map(({ sheet, data }) => ({
      name: sheet,
      rows: data.length - 1,
      columns: data[0]?.length ?? 0,
    }));
  },
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    context.progress({ stage: 'check', done: 0, total: null, unit: 'rows' });
    const filled = filledSheets(await readSheets(file));
    if (filled.length === 0) throw new CodedError('csv-empty', { file: file.name });
    const sheet = takeTable(file, filled, ({ sheet: name }) => name, context);
    const [header = [], ...rows] = sheet.data;
    refuseWidth(file, header.length);
    const cells = rows.map((row) => row.map(cellValue));
    const chosen = tableNote('sheet-chosen', { sheet: sheet.sheet }, filled.length, context);
    const write = async (output: string) => {
      await writeAsCsv(header.map(cellValue), cells, output, context);
      return filled.length > 1 ? [chosen] : [];
    };
    return readAsCsv(file, target, context, write, { header: context.reading?.header === 'data' ? 'none' : 'given' });
  },
};

type Sheets = Awaited<ReturnType<typeof readSheets>>;

function filledSheets(sheets: Sheets): Sheets {
  return sheets.filter(({ data }) => data.length > 0);
}

/** The package types a date cell as the constructor of dates; what is there is a date. */
function cellValue(value: Sheets[number]['data'][number][number]): CellValue {
  return typeof value === 'function' ? null : value;
}

/** By the archive's directory; nothing is unpacked. What is no archive has none. */
function sheetCount(packed: Uint8Array): number {
  let count = 0;
  try {
    unzipSync(packed, {
      filter: ({ name }) => {
        if (/^xl\/worksheets\/[^/]+\.xml$/i.test(name)) count += 1;
        return false;
      },
    });
  } catch {
    return 0;
  }
  return count;
}

async function readSheets(file: SourceFile) {
  const parts = unpack(file, await readWhole(file));
  const { default: readWorkbook } = await import('read-excel-file/node');
  try {
    return await readWorkbook(Buffer.from(zipSync(parts, { level: 0 })), { trim: false });
  } catch (error) {
    throw damaged(file, error);
  }
}

async function readWhole(file: SourceFile): Promise<Buffer> {
  const handle = await open(file.path);
  try {
    const { size } = await handle.stat();
    if (size > MOST_PACKED) throw tooLarge(file);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Sizes are checked before a byte is unpacked; a part that turns out larger than it said is an error of the unpacker. */
function unpack(file: SourceFile, packed: Uint8Array): Record<string, Uint8Array> {
  let bytes = 0;
  let count = 0;
  try {
    return unzipSync(packed, {
      filter: ({ name, originalSize }) => {
        count += 1;
        if (count > MOST_PARTS) throw tooLarge(file);
        if (!PARTS.test(name)) return false;
        bytes += originalSize;
        if (bytes > MOST_UNPACKED) throw tooLarge(file);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof CodedError ? error : damaged(file, error);
  }
}

function tooLarge(file: SourceFile): CodedError {
  return new CodedError('workbook-too-large', { file: file.name, most: MOST_UNPACKED >> 20 });
}
