/** Interim. */
import type { FieldValues, NetworkSpec, SearchPlan, Trial, DataSetup, TrainingSettings } from '../../contract';
import { metrics } from '../metric-registry';

export function applyTrial(
  plan: SearchPlan,
  values: FieldValues,
): { data: DataSetup; network: NetworkSpec; settings: TrainingSettings } {
  const settings: Record<string, unknown> = { ...plan.settings };
  const network = structuredClone(plan.network);
  for (const [path, value] of Object.entries(values)) {
    const [kind, name = '', field = ''] = path.split('.');
    if (kind === 'settings') settings[name] = value;
    if (kind === 'layer') {
      const layer = network.layers.find(({ id }) => id === name);
      if (layer) (layer.fields as Record<string, unknown>)[field] = value;
    }
  }
  return { data: plan.data, network, settings: settings as unknown as TrainingSettings };
}
export function keepsLimits(plan: SearchPlan, trial: Pick<Trial, 'measures'>): boolean {
  return plan.limits.every(({ measure, most }) => (trial.measures[measure] ?? 0) <= most);
}
export function betterOf({ metric }: Pick<SearchPlan, 'metric'>): 'higher' | 'lower' {
  return metric === 'loss' ? 'lower' : metrics.get(metric).better;
}
export function isBetter(plan: Pick<SearchPlan, 'metric'>, one: number, other: number): boolean {
  return betterOf(plan) === 'higher' ? one > other : one < other;
}
export function proposePlan(
  base: Pick<SearchPlan, 'data' | 'network' | 'settings'>,
  _facts: unknown,
  minutes: number | null,
): SearchPlan {
  return {
    ...base,
    parameters: [{ path: 'settings.learningRate', range: { kind: 'number', minimum: 1e-4, maximum: 0.1, scale: 'log' } }],
    sampler: { type: 'random', fields: {} },
    pruner: { type: 'none', fields: {} },
    metric: 'loss',
    second: null,
    limits: [],
    budget: { minutes, trials: minutes === null ? 50 : null },
    seed: base.settings.seed,
    finish: { seeds: 1, together: minutes === null ? 1 : 3 },
    ownRunId: null,
  };
}
export function bestTrial(plan: SearchPlan, trials: readonly Trial[]): Trial | null {
  const sign = betterOf(plan) === 'higher' ? 1 : -1;
  const fitting = trials.filter((trial) => trial.value !== null && trial.state !== 'failed' && keepsLimits(plan, trial));
  return fitting.toSorted((a, b) => sign * ((b.value ?? 0) - (a.value ?? 0)))[0] ?? null;
}
export function paretoFront(_plan: SearchPlan, _trials: readonly Trial[]): Trial[] {
  return [];
}
export function requireValidPlan(_plan: SearchPlan): void {
  // Interim.
}
export type SearchConfiguration = Pick<SearchPlan, 'data' | 'network' | 'settings'>;
