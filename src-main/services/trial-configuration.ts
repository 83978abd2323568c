/** A trial as a person takes it over, and as the best is made anew. */
import { applyTrial } from '../catalog';
import type { FieldValues, SearchPlan } from '../contract';

/** With the best epoch told by what the search was for. @throws CodedError as `applyTrial` */
export function configurationOf(
  plan: SearchPlan,
  values: FieldValues,
): Pick<SearchPlan, 'data' | 'network' | 'settings'> {
  const { settings, ...applied } = applyTrial(plan, values);
  return { ...applied, settings: { ...settings, watch: { ...settings.watch, best: plan.metric } } };
}
