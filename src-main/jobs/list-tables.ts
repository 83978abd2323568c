/** Which tables a file holds, where an import may ask and the person has not said which they mean. */
import { mkdir } from 'node:fs/promises';
import { mostTables, type Reading, type TableList } from '../contract';
import type { SourceContext, SourceDefinition, SourceFile } from '../data/source';
import { stageWork, withDiskFull } from '../data/stage';

interface Asked {
  readonly source: SourceDefinition;
  readonly files: readonly SourceFile[];
  readonly reading?: Reading | undefined;
}

/**
 * @param folder of the import, in which it goes on where there is nothing to choose.
 * @returns null where one table is all there is, or one is named. @throws CodedError as the source's `read`; `disk-full`
 */
export async function listTables(
  { source, files, reading }: Asked,
  folder: string,
  context: SourceContext,
): Promise<TableList | null> {
  if (!source.tables || reading?.table !== undefined) return null;
  context.progress({ stage: 'check', done: 0, total: null, unit: 'rows' });
  const work = stageWork(folder);
  await mkdir(work, { recursive: true });
  try {
    const found = await source.tables(files, work, context);
    return found.length < 2 ? null : { tables: found.slice(0, mostTables), total: found.length };
  } catch (error) {
    throw withDiskFull(error);
  }
}
