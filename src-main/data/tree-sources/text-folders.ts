/** Text files in folders: the folder is the class, folders that name a part of the split are the split. */
import { CodedError } from '../../contract';
import { readAsCsv, writeAsCsv, type CellValue } from '../as-csv';
import { decodeWhole } from '../csv/decoded';
import { takeGivenSplit } from '../given-split';
import type { ReadContext, ReadResult, SourceTarget } from '../source';
import type { Tree, TreeFile } from '../tree';
import { classOf, divides, isPicture, partOf } from '../tree-paths';
import type { TreeSource } from '../tree-source';

/** Of one text, in bytes; a longer one is a book, to be imported alone. */
const LONGEST_TEXT = 4 << 20;

export const definition: TreeSource = {
  id: 'text-folders',
  label: { en: 'Texts in folders', zh: '按文件夹分类的文本' },
  rank: 80,
  recognise({ files }) {
    const texts = files.filter(isText).length;
    return texts > 0 && texts > files.filter(({ path }) => isPicture(path)).length;
  },
  async read(tree, name, target, context) {
    const texts = chooseTexts(tree, context);
    const hasClasses = texts.some(({ path }) => classOf(path) !== null);
    const columns = ['text', ...(hasClasses ? ['label'] : []), 'file', 'part'];
    const types = new Map(columns.map((column) => [column, column === 'label' ? 'category' : 'text'] as const));
    const write = async (output: string) => {
      await writeAsCsv(columns, rowsOf(texts, name, hasClasses, context), output, context);
      return [];
    };
    const read = await readAsCsv({ path: name, name }, target, context, write, { types });
    return finish(read, texts, target, context);
  },
};

function isText({ path }: TreeFile): boolean {
  return /\.(txt|md)$/i.test(path);
}

/** Where folders are classes, a file beside them has none: a read-me, a list of words. */
function chooseTexts({ files }: Tree, context: ReadContext): TreeFile[] {
  const texts = files.filter(isText);
  const hasClasses = texts.some(({ path }) => classOf(path) !== null);
  return files.filter((file) => {
    const { path } = file;
    const isUsed = isText(file) && (!hasClasses || classOf(path) !== null);
    const code = isText(file) ? 'text-without-class' : 'text-other-file';
    if (!isUsed) context.leaveOut({ file: path }, new CodedError(code, { file: path }));
    return isUsed;
  });
}

async function* rowsOf(
  texts: readonly TreeFile[],
  name: string,
  hasClasses: boolean,
  context: ReadContext,
): AsyncGenerator<CellValue[]> {
  let count = 0;
  for (const [index, file] of texts.entries()) {
    context.signal.throwIfAborted();
    context.progress({ stage: 'files', done: index, total: texts.length, unit: 'files' });
    const text = await readText(file, context);
    if (text === null) continue;
    count += 1;
    yield [text, ...(hasClasses ? [classOf(file.path)] : []), file.path, partOf(file.path) ?? 'training'];
  }
  if (count === 0) {
    throw new CodedError('texts-all-left-out', { file: name, count: texts.length, first: texts[0]?.path ?? '' });
  }
}

/** @returns null, and the file left out, where it can't be used. */
async function readText(file: TreeFile, context: ReadContext): Promise<string | null> {
  try {
    const bytes = await file.read();
    if (bytes.length > LONGEST_TEXT) {
      throw new CodedError('text-too-long', { file: file.path, most: LONGEST_TEXT >> 20 });
    }
    const text = decodeWhole(bytes, file.path).replaceAll(/\r\n?/g, '\n').trim();
    if (text === '') throw new CodedError('text-empty', { file: file.path });
    return text;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    context.leaveOut({ file: file.path }, error);
    return null;
  }
}

function finish(read: ReadResult, texts: readonly TreeFile[], target: SourceTarget, context: ReadContext) {
  const parts = new Set(texts.map(({ path }) => partOf(path)));
  return takeGivenSplit(read, 'part', divides(parts), target, context);
}
