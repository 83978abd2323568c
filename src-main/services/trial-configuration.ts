/** A trial as a person takes it over, and as the best is made anew. */
import { applyTrial } from '../catalog';
import type { SearchPlan, Trial } from '../contract';

/** With the batch that fitted, and the best epoch told by what the search was for. @throws CodedError as `applyTrial` */
export function configurationOf(
  plan: SearchPlan,
  { values, measures }: Pick<Trial, 'values' | 'measures'>,
): Pick<SearchPlan, 'data' | 'network' | 'settings'> {
  const { settings, ...applied } = applyTrial(plan, values);
  const { batchSize = settings.batchSize } = measures;
  return { ...applied, settings: { ...settings, batchSize, watch: { ...settings.watch, best: plan.metric } } };
}
