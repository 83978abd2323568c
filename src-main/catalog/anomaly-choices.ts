/** What of the data says which rows are ordinary, where the task is to find those that are not. */
import type { Column } from '../contract';

/** Values that mean "nothing is wrong" wherever they stand. */
const ordinaryNames = /^(normal|ordinary|inlier|healthy|ok|okay|good|fine|none|benign|正常|良好|合格|健康)$/i;
/** Values that mean it beside another that means the contrary, such as 0 beside 1. */
const negativeNames = /^(0|no|n|false|否|无)$/i;

/** Whether a column can say which rows are anomalous: by a few values, or a number of which there are two. */
export function knowsAnomalies({ type, distinct }: Pick<Column, 'type' | 'distinct'>): boolean {
  return (type === 'category' && distinct >= 2) || (type === 'number' && distinct === 2);
}

/**
 * The values that mean an ordinary row: those whose name says so, else the most frequent one, as anomalies are rare.
 * @param values that the column has, with how often each is there.
 */
export function proposeOrdinary(values: readonly { readonly value: string; readonly count: number }[]): string[] {
  const named = values.filter(({ value }) => ordinaryNames.test(value.trim()));
  const negative = values.length === 2 ? values.filter(({ value }) => negativeNames.test(value.trim())) : [];
  const [chosen] = [named, negative].filter((some) => some.length > 0 && some.length < values.length);
  if (chosen) return chosen.map(({ value }) => value);
  const [most] = [...values].sort((one, other) => other.count - one.count);
  return most ? [most.value] : [];
}

/** Whether a column's values say by themselves that most rows are ordinary and a few are not. */
export function saysOrdinary({ type, categories }: Pick<Column, 'type' | 'categories'>): boolean {
  if (type !== 'category') return false;
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  const ordinary = categories.filter(({ value }) => ordinaryNames.test(value.trim()));
  const share = ordinary.reduce((sum, { count }) => sum + count, 0) / total;
  return share >= 0.8 && share < 1;
}
