/** What a setup begins with where its rows are time steps: the order they have, and a split that keeps to it. */
import type { Column, DataSetup, Split } from '../contract';
import type { TaskDefinition } from './definitions';
import { timeColumn } from './split-columns';

/**
 * @param columns with the types in force. @param split that the setup has so far.
 * @returns nothing for tasks of other rows.
 */
export function forecastParts(
  { input }: Pick<TaskDefinition, 'input'>,
  columns: readonly Pick<Column, 'name' | 'type' | 'distinct' | 'missing'>[],
  target: string,
  split: Split,
): Pick<DataSetup, 'split' | 'forecast'> | Record<string, never> {
  if (input !== 'steps') return {};
  const time = timeColumn(columns, target)?.name ?? null;
  const shares = { validation: split.validation, test: ('test' in split ? split.test : undefined) ?? 0.15 };
  return {
    split: { kind: 'ordered', column: time, ...shares },
    forecast: { time, series: null, covariates: [], window: null, horizon: null, season: null },
  };
}
