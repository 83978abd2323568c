/** Which of several tables of one file is read: the one that a person names, else the likeliest. */
import { CodedError, type DatasetVersion } from '../contract';
import type { SourceContext, SourceFile } from './source';

/** Names that an error tells at most. */
const MOST_NAMES = 20;

/**
 * @param tables at least one, the likeliest first.
 * @throws CodedError `table-unknown` with the names that there are
 */
export function takeTable<Table>(
  file: Pick<SourceFile, 'name'>,
  tables: readonly Table[],
  nameOf: (table: Table) => string,
  { reading }: Pick<SourceContext, 'reading'>,
): Table {
  const wanted = reading?.table;
  const taken = wanted === undefined ? tables[0] : tables.find((table) => nameOf(table) === wanted);
  if (taken) return taken;
  const names = tables.slice(0, MOST_NAMES).map(nameOf).join(', ') + (tables.length > MOST_NAMES ? ' …' : '');
  throw new CodedError('table-unknown', { file: file.name, table: wanted ?? '', names });
}

/** What is noted of it. @param code of what the app takes by itself @param name of the table, by its kind */
export function tableNote(
  code: 'sheet-chosen' | 'table-chosen',
  name: Record<string, string>,
  tables: number,
  { reading }: Pick<SourceContext, 'reading'>,
): DatasetVersion['notes'][number] {
  if (reading?.table === undefined) return { code, parameters: { ...name, count: tables - 1 } };
  return { code: 'table-taken', parameters: { table: reading.table, count: tables - 1 } };
}
