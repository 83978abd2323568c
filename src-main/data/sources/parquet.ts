/** Parquet: columns with types of their own, read by DuckDB. */
import { join } from 'node:path';
import { CodedError } from '../../contract';
import { copyAsCsv } from '../as-csv';
import { readCsv } from '../csv/read';
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
    const path = join(target.work, 'parquet.csv');
    const notes = await copyAsCsv(file, `read_parquet(${literal(file.path)})`, path, context);
    const read = await readCsv({ path, name: file.name }, target, context);
    return { ...read, notes: [...notes, ...read.notes] };
  },
};
