/** The scores of test rows: every classification has all of its kind, every regression too, whatever the task. */
import { metrics } from './metric-registry';
import { registry } from './registry';
import type { MetricDefinition } from './definitions';
import type { ScoreDefinition } from './score-definitions';

export const scores = registry<ScoreDefinition>(
  'score',
  import.meta.glob(['./scores/*.ts', '!./scores/*.test.ts'], { eager: true, import: 'definition' }),
);

/** In the order in which people read them. */
export const orderedScores: readonly ScoreDefinition[] = [...scores.all].sort((a, b) => a.order - b.order);

/** A figure's definition by its id, a metric of epochs or a score of test rows; null for others, such as `loss`. */
export function figureOf(id: string): MetricDefinition | ScoreDefinition | null {
  if (metrics.has(id)) return metrics.get(id);
  return scores.has(id) ? scores.get(id) : null;
}
