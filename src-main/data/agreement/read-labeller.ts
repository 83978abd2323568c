/** One labeller's answers: a CSV file or a column of the data, each answer at the row of the version that it is about. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, type ColumnType, type DatasetVersion, type Labeller, type Merge } from '../../contract';
import { checkCsv } from '../csv/check';
import { recordValues, scanRecords } from '../csv/records';
import type { LibraryPaths } from '../paths';
import { readAnswer } from './answers';
import { matchRows } from './match-rows';

/** More bytes are no file of labels, and would not fit in memory several times. */
const MOST_BYTES = 512 << 20;
/** Names under which a file may hold its labels, where none is called as the column is. */
const LABEL_NAMES = ['label', 'labels', 'class', 'category', 'annotation', '标签', '类别'];
const EXAMPLES = 20;

export interface Answered {
  /** Per row of the version; null where the labeller said nothing. */
  readonly answers: (string | null)[];
  readonly match: Merge['labellers'][number];
}

export interface Question {
  readonly library: LibraryPaths;
  readonly version: DatasetVersion;
  readonly column: string;
  readonly type: ColumnType;
  readonly signal: AbortSignal;
  /** Where files may lie for a while. */
  readonly temporary: string;
}

/** @throws CodedError `merge-*`, `csv-*`, `file-missing`, `edit-not-number`, `edit-not-labels`; the signal's reason */
export async function readFileOf(
  question: Question,
  { path, name }: Extract<Labeller, { kind: 'file' }>,
): Promise<Answered> {
  const { version, column, type } = question;
  const { columns, rows } = await readTable(question, { path, name });
  const labelColumn = labelColumnOf(columns, column, name);
  const place = columns.indexOf(labelColumn);
  const keys = columns.flatMap((key, at) =>
    at === place ? [] : [{ name: key, cells: rows.map((row) => row[at] ?? '') }],
  );
  const match = await matchRows(question.library, version, keys, column);
  if (!match)
    throw new CodedError('merge-no-key', { file: name, dataset: version.datasetName, known: columns.join(', ') });
  const answers = new Array<string | null>(version.rowCount).fill(null);
  const found = { labelled: 0, unmatched: 0, repeated: 0, examples: [] as string[] };
  for (const [at, row] of rows.entries()) {
    const answer = readAnswer(type, column, row[place] ?? null);
    if (answer === null) continue;
    found.labelled += 1;
    const index = match.rows[at] ?? -1;
    if (index < 0) {
      found.unmatched += 1;
      if (found.examples.length < EXAMPLES) found.examples.push((match.cells[at] ?? '').slice(0, 100));
    } else if (answers[index] === null) answers[index] = answer;
    else found.repeated += 1;
  }
  return { answers, match: { name, key: match.key, labelColumn, ...found } };
}

/** @throws CodedError `merge-no-labels` */
function labelColumnOf(columns: readonly string[], column: string, file: string): string {
  const own = [column, ...LABEL_NAMES].map((name) => name.toLowerCase());
  for (const name of own) {
    const found = columns.find((one) => one.trim().toLowerCase() === name);
    if (found !== undefined) return found;
  }
  throw new CodedError('merge-no-labels', { file, column, known: columns.join(', ') });
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly string[][];
}

async function readTable(
  { temporary, signal }: Question,
  file: { readonly path: string; readonly name: string },
): Promise<Table> {
  const work = await mkdtemp(join(temporary, 'merge-'));
  try {
    const { size } = await stat(file.path);
    if (size > MOST_BYTES) throw new CodedError('merge-file-large', { file: file.name, most: MOST_BYTES >> 20 });
    const plain = join(work, 'plain.csv');
    const context = { signal, progress: () => undefined };
    const { columns, delimiter } = await checkCsv(file, plain, context, 'given');
    const buffer = await readFile(plain);
    const rows: string[][] = [];
    // The row's number comes first.
    scanRecords(buffer, delimiter.charCodeAt(0), true, { row: 1 }, (record) => {
      rows.push(recordValues(buffer, record, delimiter.charCodeAt(0)).slice(1));
      return undefined;
    });
    return { columns, rows };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new CodedError('file-missing', { file: file.name }, error);
    }
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
