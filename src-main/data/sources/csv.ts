/** CSV: rows of values parted by comma, semicolon, tab or bar, with or without a header, in UTF-8 or UTF-16. */
import { CodedError } from '../../contract';
import { isTable } from '../csv/delimiter';
import { sniffTabs } from '../csv/header';
import { readCsv } from '../csv/read';
import { isBinary, readHead } from '../file-heads';
import type { ReadContext, ReadResult, SourceDefinition, SourceFile, SourceTarget } from '../source';
import { readTabLines } from '../tab-lines';

export const definition: SourceDefinition = {
  id: 'csv',
  label: { en: 'Table (CSV)', zh: '表格（CSV）' },
  extensions: ['.csv', '.tsv', '.tab', '.data', '.txt'],
  general: true,
  recognise: (path, head) =>
    /\.(csv|tsv|tab|data|txt)$/i.test(path) && !isBinary(head) && (!/\.txt$/i.test(path) || isTable(head)),
  choices: ['header', 'delimiter'],
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    try {
      return await readCsv(file, target, context, { header: headerChoices[context.reading?.header ?? 'unsaid'] });
    } catch (error) {
      if (error instanceof CodedError && error.code.startsWith('csv-quote-'))
        return readUnquoted(error, file, target, context);
      throw error;
    }
  },
};

const headerChoices = { names: 'given', data: 'none', unsaid: 'find' } as const;

/**
 * Most who part by tabs don't quote: where quotes are wrong, they are taken for characters.
 * @throws the error that the quotes gave, where no columns come of it: every line must then be whole, but for those of texts
 */
async function readUnquoted(
  error: CodedError,
  file: SourceFile,
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  const { isTabs, names: found } = sniffTabs(await readHead(file.path), context.reading?.header === 'data');
  const names = context.reading?.header === 'names' ? null : found;
  if (!isTabs || (context.reading?.delimiter ?? 'tab') !== 'tab') throw error;
  const isTexts = names?.includes('source') === true || names?.includes('text') === true;
  if (isTexts) return readTabLines(file, names, target, context);
  const { signal, progress } = context;
  const leaveOut = () => {
    throw error;
  };
  return readTabLines(file, names, target, { signal, progress, leaveOut });
}
