/** The texts and categories of a version, column by column, as models of words take them. */
import type { QualityData } from './quality-data';

/** A category is a text of one term. @throws the signal's reason */
export async function textsOf(data: QualityData, signal: AbortSignal): Promise<(string | null)[][]> {
  const columns = data.inputs.filter(({ type }) => type === 'text' || type === 'category');
  const texts: (string | null)[][] = [];
  for (const column of columns) {
    const whole: (string | null)[] = [];
    for await (const piece of data.texts(column)) {
      signal.throwIfAborted();
      for (const text of piece.texts) whole.push(text);
    }
    texts.push(whole);
  }
  return texts;
}

/** The column with the longest texts says most. */
export function longestFirst(columns: (string | null)[][]): (string | null)[][] {
  const length = (texts: readonly (string | null)[]) => texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return columns.sort((one, other) => length(other) - length(one));
}
