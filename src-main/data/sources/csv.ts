/** CSV: rows of values parted by comma, semicolon, tab or bar, with or without a header, in UTF-8 or UTF-16. */
import { CodedError } from '../../contract';
import { readCsv } from '../csv/read';
import { isBinary } from '../file-heads';
import type { SourceDefinition } from '../source';

export const definition: SourceDefinition = {
  id: 'csv',
  label: { en: 'Table (CSV)', zh: '表格（CSV）' },
  extensions: ['.csv', '.tsv', '.txt'],
  recognise: (path, head) => /\.(csv|tsv|txt)$/i.test(path) && !isBinary(head),
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    return readCsv(file, target, context);
  },
};
