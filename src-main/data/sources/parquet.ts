/** Parquet: columns with types of their own, read by DuckDB. */
import { CodedError } from '../../contract';
import { copyAsCsv, readAsCsv } from '../as-csv';
import { beginsAs } from '../file-heads';
import type { SourceDefinition } from '../source';
import { literal } from '../sql';

export const definition: SourceDefinition = {
  id: 'parquet',
  label: { en: 'Table (Parquet)', zh: '表格（Parquet）' },
  extensions: ['.parquet'],
  recognise: (_path, head) => beginsAs('parquet', head),
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    const from = `read_parquet(${literal(file.path)})`;
    return readAsCsv(file, target, context, (output) => copyAsCsv(file, from, output, context));
  },
};
