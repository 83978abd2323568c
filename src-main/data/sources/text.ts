/**
 * One text: its paragraphs are the rows where blank lines part them, else its lines. Line breaks inside a paragraph stay, so that
 * verse and dialogue read as they were written.
 */
import { CodedError, type DatasetVersion } from '../../contract';
import { readAsCsv, writeAsCsv } from '../as-csv';
import { LONGEST_LINE, readLines, type TextLine } from '../csv/lines';
import { isTable } from '../csv/delimiter';
import { isBinary } from '../file-heads';
import type { ReadContext, SourceDefinition, SourceFile } from '../source';

/** Lines that decide, and the share of blank ones from which they part paragraphs. */
const LOOKED_AT = 2000;
const BLANK_SHARE = 0.05;

export const definition: SourceDefinition = {
  id: 'text',
  label: { en: 'Text', zh: '文本' },
  extensions: ['.txt', '.md'],
  general: true,
  recognise: (path, head) => /\.(txt|md)$/i.test(path) && !isBinary(head) && !(/\.txt$/i.test(path) && isTable(head)),
  choices: ['rows'],
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    const write = (output: string) => writeText(file, output, context);
    return readAsCsv(file, target, context, write, { types: new Map([['text', 'text']]) });
  },
};

async function writeText(file: SourceFile, output: string, context: ReadContext): Promise<DatasetVersion['notes']> {
  const said = context.reading?.rows;
  const byParagraph = said ? said === 'paragraph' : await hasParagraphs(file, context);
  let count = 0;
  const rows = async function* () {
    for await (const [text] of byParagraph ? paragraphs(file, context) : lines(file, context)) {
      count += 1;
      yield [text];
    }
  };
  await writeAsCsv(['text'], rows(), output, context);
  if (count === 0) throw new CodedError('text-empty', { file: file.name });
  return [{ code: byParagraph ? 'text-by-paragraph' : 'text-by-line', parameters: {} }];
}

async function hasParagraphs(file: SourceFile, context: ReadContext): Promise<boolean> {
  let seen = 0;
  let blank = 0;
  for await (const { text } of readLines(file, context)) {
    seen += 1;
    if (isBlank(text)) blank += 1;
    if (seen === LOOKED_AT) break;
  }
  return blank > 0 && blank >= seen * BLANK_SHARE;
}

function isBlank(text: string | null): boolean {
  return text !== null && text.trim() === '';
}

async function* lines(file: SourceFile, context: ReadContext): AsyncGenerator<[string]> {
  for await (const { row, text } of readLines(file, context)) {
    if (text === null) leaveOut(file, row, context);
    else if (!isBlank(text)) yield [text];
  }
}

async function* paragraphs(file: SourceFile, context: ReadContext): AsyncGenerator<[string]> {
  let held: string[] = [];
  let begin = 0;
  let size = 0;
  const finish = (): [string][] => {
    if (size > LONGEST_LINE) leaveOut(file, begin, context);
    const whole: [string][] = held.length > 0 && size <= LONGEST_LINE ? [[held.join('\n')]] : [];
    held = [];
    size = 0;
    return whole;
  };
  for await (const line of readLines(file, context)) {
    if (isBlank(line.text)) {
      yield* finish();
      continue;
    }
    if (size === 0) begin = line.row;
    size += sizeOf(line);
    // What is too long already is not held.
    if (size <= LONGEST_LINE && line.text !== null) held.push(line.text);
  }
  yield* finish();
}

function sizeOf({ text }: TextLine): number {
  return text === null ? LONGEST_LINE + 1 : text.length + 1;
}

function leaveOut(file: SourceFile, row: number, context: ReadContext): void {
  const reason = new CodedError('text-row-too-long', { file: file.name, row, most: LONGEST_LINE >> 20 });
  context.leaveOut({ file: file.name, row }, reason);
}
