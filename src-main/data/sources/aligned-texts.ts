/**
 * Sentences in two or more languages, one file each, line by line: `train.en` beside `train.zh`, `x.src` beside `x.tgt`. Each
 * file is a column that is named by its language.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { CodedError, type DatasetVersion } from '../../contract';
import { readAsCsv, refuseWidth, writeAsCsv } from '../as-csv';
import { LONGEST_LINE, readLines, type TextLine } from '../csv/lines';
import { isBinary } from '../file-heads';
import type { ReadContext, SourceDefinition, SourceFile } from '../source';

const SIDES: Readonly<Record<string, string>> = { src: 'source', tgt: 'target', trg: 'target' };
const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

export const definition: SourceDefinition = {
  id: 'aligned-texts',
  label: { en: 'Sentences line by line (two files)', zh: '逐行对应的句子（两个文件）' },
  extensions: ['.src', '.tgt'],
  recognise: (path, head) => sideOf(path) !== null && !isBinary(head) && findSides(path).length > 1,
  companions: async (path) => findSides(path),
  async read(files, target, context) {
    const [first] = files;
    if (!first) throw new CodedError('file-missing', { file: '' });
    refuseWidth(first, files.length);
    const names = files.map(({ path }) => sideOf(path) ?? basename(path));
    const types = new Map(names.map((name) => [name, 'text'] as const));
    return readAsCsv(first, target, context, (output) => writePairs(files, names, output, context), { types });
  },
};

/** `train.zh` → `zh`, `train.src` → `source`; null where the extension names no language and no side. */
function sideOf(path: string): string | null {
  const extension = extname(path).slice(1);
  if (Object.hasOwn(SIDES, extension)) return SIDES[extension] ?? null;
  const isCode = /^[a-z]{2,3}([-_][A-Za-z]{2,4})?$/.test(extension);
  return isCode && languages.of(extension.replace('_', '-')) !== undefined ? extension : null;
}

/** The files beside it of the same name in other languages, itself included, in an order that does not hang on it. */
function findSides(path: string): string[] {
  const folder = dirname(path);
  const stem = basename(path, extname(path));
  const isSided = extname(path).slice(1) in SIDES;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && basename(entry.name, extname(entry.name)) === stem)
    .filter(({ name }) => sideOf(name) !== null && extname(name).slice(1) in SIDES === isSided)
    .map(({ name }) => join(folder, name))
    .sort();
}

async function writePairs(
  files: readonly SourceFile[],
  names: readonly string[],
  output: string,
  context: ReadContext,
): Promise<DatasetVersion['notes']> {
  let count = 0;
  const rows = async function* () {
    for await (const lines of together(files, context)) {
      if (!isWhole(files, lines, context)) continue;
      count += 1;
      yield lines.map(({ text }) => text);
    }
  };
  await writeAsCsv(names, rows(), output, context);
  if (count === 0) throw new CodedError('text-empty', { file: files[0]?.name ?? '' });
  return [];
}

/** The n-th line of every file, for every n. @throws CodedError `pairs-lines-differ` at the end */
async function* together(files: readonly SourceFile[], context: ReadContext): AsyncGenerator<TextLine[]> {
  const readers = files.map((file) => readLines(file, context));
  try {
    for (let row = 1; ; row += 1) {
      const lines = await Promise.all(readers.map((reader) => reader.next()));
      const values = lines.flatMap(({ done, value }) => (done === true ? [] : [value as TextLine]));
      if (values.length === 0) return;
      if (values.length < files.length) await refuseUneven(files, readers, lines, row);
      yield values;
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.return(undefined)));
  }
}

async function refuseUneven(
  files: readonly SourceFile[],
  readers: readonly AsyncGenerator<TextLine>[],
  lines: readonly IteratorResult<TextLine>[],
  row: number,
): Promise<never> {
  const ended = lines.findIndex(({ done }) => done === true);
  const longer = lines.findIndex(({ done }) => done !== true);
  let found = row;
  const rest = readers[longer];
  while (rest && (await rest.next()).done !== true) found += 1;
  throw new CodedError('pairs-lines-differ', {
    file: files[ended]?.name ?? '',
    lines: row - 1,
    other: files[longer]?.name ?? '',
    found,
  });
}

/** Whether there is a sentence in every file; what is not is left out. */
function isWhole(files: readonly SourceFile[], lines: readonly TextLine[], context: ReadContext): boolean {
  for (const [place, { row, text }] of lines.entries()) {
    const file = files[place]?.name ?? '';
    if (text === null) {
      const reason = new CodedError('text-row-too-long', { file, row, most: LONGEST_LINE >> 20 });
      context.leaveOut({ file, row }, reason);
      return false;
    }
    if (text.trim() === '') {
      context.leaveOut({ file, row }, new CodedError('pair-incomplete', { file, row }));
      return false;
    }
  }
  return true;
}
