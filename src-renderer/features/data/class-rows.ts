/** Rows per class and part, as tables and bars want them. */
import type { SplitCounts } from '../../../src-main/contract';
import type { Description } from '../../state/workspace.svelte';

export interface ClassRows extends SplitCounts {
  readonly label: string;
  readonly total: number;
}

/** In the order of the network's outputs; empty for a numeric target. */
export function classRows(description: Pick<Description, 'target' | 'classCounts'> | null): ClassRows[] {
  if (description?.target.kind !== 'classes') return [];
  return description.target.classes.map((label, index) => {
    const counts = description.classCounts[index] ?? { training: 0, validation: 0, test: 0 };
    return { label, ...counts, total: counts.training + counts.validation + counts.test };
  });
}

/** How many times the smallest class fits in the largest; 1 where there is nothing to compare. */
export function imbalance(classes: readonly ClassRows[]): number {
  const totals = classes.map((one) => one.total).filter((total) => total > 0);
  return totals.length < 2 ? 1 : Math.max(...totals) / Math.min(...totals);
}
