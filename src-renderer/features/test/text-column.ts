/** The text that a model reads, where it reads one, and the texts of rows. */
import { tasks } from '../../../src-main/catalog';
import type { ModelInfo } from '../../../src-main/contract';
import { client } from '../../ipc/client';

/** Characters of a text that a list of rows shows at most. */
const LONGEST_EXCERPT = 400;

/** Null for models of other tasks. */
export function textColumnOf({ task, inputs }: Pick<ModelInfo, 'task' | 'inputs'>): string | null {
  const isText = tasks.has(task) && tasks.get(task).input === 'text';
  return isText ? (inputs[0]?.column ?? null) : null;
}

/** The beginnings of the texts of rows, in the order asked; empty where a row has none. */
export async function textsAt(versionId: string, column: string, rows: number[]): Promise<string[]> {
  const [version, read] = await Promise.all([
    client.datasets.version({ id: versionId }),
    client.quality.rows({ versionId, rows }),
  ]);
  const place = version.columns.findIndex(({ name }) => name === column);
  const texts = new Map(read.map(({ index, values }) => [index, String(values[place] ?? '')]));
  return rows.map((row) => (texts.get(row) ?? '').slice(0, LONGEST_EXCERPT));
}
