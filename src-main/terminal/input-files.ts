/** Files to predict from: sounds, pictures as the model takes them, texts, or a CSV of which every row is one question. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { itemColumn, tasks, userColumn } from '../catalog';
import { CodedError, type ModelInfo, type PredictionInput, type RecommendQuestion } from '../contract';
import { checkCsv } from '../data/csv/check';
import { decimalCommaColumns, withPoint } from '../data/csv/decimal-comma';
import { recordValues, scanRecords } from '../data/csv/records';
import { isMissingText } from '../data/missing';
import { readPictureFile } from '../data/pictures-from-files';
import { readSoundFile } from '../data/sounds/from-file';
import { seriesQuestions } from './series-questions';
import type { Session } from './session';

export interface FileQuestion {
  readonly label: Readonly<Record<string, string | number>>;
  readonly input: PredictionInput;
}

/** Larger files are no single text. */
const MOST_BYTES = 1 << 20;

/** @throws CodedError `argument-invalid` where the model reads no text alone */
export function textQuestion(info: ModelInfo, text: string, label: FileQuestion['label']): FileQuestion {
  const column = textColumnOf(info);
  if (column === null) {
    const columns = info.inputs.map((input) => input.column).join(', ');
    throw new CodedError('argument-invalid', { name: '--text', detail: `the model reads ${columns}, not one text` });
  }
  return { label, input: { kind: 'values', values: { [column]: text } } };
}

function textColumnOf({ task, inputs }: ModelInfo): string | null {
  const isText = tasks.has(task) && tasks.get(task).input === 'text';
  return isText ? (inputs[0]?.column ?? null) : null;
}

/** @throws CodedError `sound-*`, `picture-*`, `table-expected`, `column-missing`, `file-missing`, `csv-*` */
export async function readInputFiles(
  session: Session,
  info: ModelInfo,
  files: readonly string[],
): Promise<FileQuestion[]> {
  const takes = info.inputs[0]?.type;
  const questions: FileQuestion[] = [];
  for (const file of files) {
    const path = resolve(file);
    if (takes === 'audio') {
      const { rate, samples } = await readSoundFile(path);
      questions.push({ label: { file }, input: { kind: 'sound', rate, samples: new Float32Array(samples) } });
    } else if (takes === 'image') {
      const pixels = new Uint8Array(await readPictureFile(path, info.inputShape));
      questions.push({ label: { file }, input: { kind: 'pixels', pixels } });
    } else if (textColumnOf(info) !== null && isWhole(path)) {
      questions.push(textQuestion(info, await readText(path), { file }));
    } else {
      const rows = await readTable(session, info, path);
      questions.push(...(info.forecast ? seriesQuestions(info.forecast, info, rows) : rows));
    }
  }
  return questions;
}

/** Whether a file is one text, not a table of several. */
function isWhole(path: string): boolean {
  return ['.txt', '.md'].includes(extname(path).toLowerCase());
}

/** @throws CodedError `file-missing`, `argument-invalid` */
async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new CodedError('file-missing', { file: path }, error);
  }
  if (bytes.length > MOST_BYTES) {
    throw new CodedError('argument-invalid', {
      name: path,
      detail: 'is larger than 1 MB; name a CSV with a text a row',
    });
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** The rows of a CSV by column name; what the model does not use is left out. Row 1 is the first below the header. */
async function readTable(
  { library }: Session,
  info: ModelInfo,
  path: string,
  needed = neededColumns(info),
): Promise<FileQuestion[]> {
  const file = { path, name: basename(path) };
  if (!['.csv', '.tsv', '.txt'].includes(extname(path).toLowerCase())) {
    const columns = info.inputs.map(({ column }) => column).join(', ');
    throw new CodedError('table-expected', { file: file.name, columns });
  }
  const work = mkdtempSync(join(library.paths.temporary, 'predict-'));
  try {
    const plain = join(work, 'plain.csv');
    const context = { signal: new AbortController().signal, progress: () => undefined };
    const { columns, delimiter, scans } = await checkCsv(file, plain, context);
    const commas = decimalCommaColumns(scans);
    const read = columnsOf(info);
    const missing = needed.find((column) => !columns.includes(column));
    if (missing !== undefined) throw new CodedError('column-missing', { column: missing, known: columns.join(', ') });
    // The row's number comes first.
    const pointed = (value: string, at: number) => (commas.has(at - 1) ? withPoint(value) : value);
    return readRecords(plain, delimiter.charCodeAt(0)).map((values, index) => ({
      label: { file: file.name, row: index + 1 },
      input: { kind: 'values', values: byColumn(read, columns, values.map(pointed)) },
    }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new CodedError('file-missing', { file: path }, error);
    }
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Items that are not in the data, from a CSV with the column of items.
 * @throws CodedError `model-without-ratings`, `table-expected`, `column-missing`, `file-missing`, `csv-*`
 */
export async function readNewItems(
  session: Session,
  info: ModelInfo,
  path: string,
): Promise<NonNullable<RecommendQuestion['newItems']>> {
  const column = itemColumn(info.inputs.map((input) => ({ name: input.column })))?.name;
  if (column === undefined) throw new CodedError('model-without-ratings', { run: info.runId });
  const rows = await readTable(session, info, resolve(path), [column]);
  return rows.flatMap(({ input }) => {
    if (input.kind !== 'values') return [];
    const { [column]: item = '', ...values } = input.values;
    return [{ item: String(item ?? ''), values }];
  });
}

/** All inputs; of ratings the user and the item, as what is known of both beside is known to the model. */
function neededColumns({ task, inputs }: ModelInfo): string[] {
  const names = inputs.map(({ column }) => ({ name: column }));
  const isRatings = tasks.has(task) && tasks.get(task).input === 'ratings';
  const needed = isRatings ? [userColumn(names), itemColumn(names)].filter((column) => column !== undefined) : names;
  return needed.map(({ name }) => name);
}

function readRecords(path: string, delimiter: number): string[][] {
  const buffer = readFileSync(path);
  const rows: string[][] = [];
  scanRecords(buffer, delimiter, true, { row: 1 }, (record) => {
    rows.push(recordValues(buffer, record, delimiter));
    return undefined;
  });
  return rows;
}

/** What is read of a table: the inputs, and where rows are steps what puts them in order and tells series apart. */
function columnsOf({ inputs, forecast }: ModelInfo): string[] {
  const own = inputs.map(({ column }) => column);
  return [...own, ...[forecast?.time, forecast?.series].filter((name) => typeof name === 'string')];
}

function byColumn(
  read: readonly string[],
  columns: readonly string[],
  values: readonly string[],
): Record<string, string | number | null> {
  const cells = read.map((column): [string, string | null] => {
    // The row's number comes first.
    const value = values[columns.indexOf(column) + 1] ?? '';
    return [column, isMissingText(value) ? null : value];
  });
  return Object.fromEntries(cells);
}
