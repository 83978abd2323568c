/** Edits of a plan: each gives a new one. Conditions follow what they depend on. */
import type { SearchableField } from '../../../../src-main/catalog';
import type {
  FieldValue,
  SearchMeasure,
  SearchParameter,
  SearchPlan,
  SearchRange,
} from '../../../../src-main/contract';

type Condition = NonNullable<SearchParameter['when']>;

/** A field joins the search with the range that suits it, where it is there. */
export function withField(plan: SearchPlan, field: SearchableField): SearchPlan {
  const { path, suggested } = field;
  if (plan.parameters.some((one) => one.path === path)) return plan;
  const when = neededCondition(plan.parameters, field);
  return { ...plan, parameters: [...plan.parameters, { path, range: suggested, ...(when && { when }) }] };
}

/**
 * What a field depends on for being there at all, of what is searched before it.
 * @returns null where it is there whatever is tried
 */
export function neededCondition(before: readonly SearchParameter[], { when }: SearchableField): Condition | null {
  const owner = when && before.find(({ path }) => path === when.path);
  if (!owner || owner.range.kind !== 'choice') return null;
  const values = owner.range.values.filter((value) => when.values.includes(value));
  return values.length === owner.range.values.length ? null : { path: when.path, values };
}

/** Whether a field can be searched in this plan: what it belongs to is set so, or is tried so. */
export function isThere(plan: SearchPlan, { when }: SearchableField, fields: readonly SearchableField[]): boolean {
  if (!when) return true;
  const owner = plan.parameters.find(({ path }) => path === when.path);
  const current = fields.find(({ path }) => path === when.path)?.current;
  const possible = owner?.range.kind === 'choice' ? owner.range.values : current === undefined ? [] : [current];
  return possible.some((value) => when.values.includes(value));
}

/** Conditions on a field that is no longer searched end with it. */
export function withoutField(plan: SearchPlan, path: string): SearchPlan {
  const parameters = plan.parameters
    .filter((one) => one.path !== path)
    .map((one) => (one.when?.path === path ? withoutCondition(one) : one));
  return { ...plan, parameters };
}

/** Values of a condition that its field can no longer have are dropped; with the last of them the condition. */
export function withRange(plan: SearchPlan, path: string, range: SearchRange): SearchPlan {
  const parameters = plan.parameters.map((one) => {
    if (one.path === path) return { ...one, range };
    const possible = one.when?.path === path ? valuesOf(range) : null;
    if (!one.when || !possible) return one;
    const values = one.when.values.filter((value) => possible.includes(value));
    return values.length === 0 ? withoutCondition(one) : { ...one, when: { path, values } };
  });
  return { ...plan, parameters };
}

export function withCondition(plan: SearchPlan, path: string, when: Condition | null): SearchPlan {
  const parameters = plan.parameters.map((one) =>
    one.path !== path ? one : when ? { ...one, when } : withoutCondition(one),
  );
  return { ...plan, parameters };
}

function withoutCondition({ path, range }: SearchParameter): SearchParameter {
  return { path, range };
}

/** More whole numbers than this are no list to choose from. */
const mostListed = 11;

/** All values of a range that has few; null of any other. */
function valuesOf(range: SearchRange): readonly FieldValue[] | null {
  if (range.kind === 'choice') return range.values;
  const count = range.maximum - range.minimum + 1;
  if (range.kind === 'number' || count < 1 || count > mostListed) return null;
  return Array.from({ length: count }, (_, at) => range.minimum + at);
}

/** Fields on which one can depend, with the values that they may have: those before it that have few. */
export function conditionSources(plan: SearchPlan, path: string): readonly Condition[] {
  const place = plan.parameters.findIndex((one) => one.path === path);
  return plan.parameters.slice(0, Math.max(0, place)).flatMap((one) => {
    const values = valuesOf(one.range);
    return values ? [{ path: one.path, values: [...values] }] : [];
  });
}

/** A value joins a choice, or leaves it; the last one stays. Numbers go up, others stand as they are offered. */
export function toggled(
  values: readonly FieldValue[],
  value: FieldValue,
  offered: readonly FieldValue[],
): FieldValue[] {
  if (values.includes(value)) return values.length > 1 ? values.filter((one) => one !== value) : [...values];
  return [...values, value].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : offered.indexOf(a) - offered.indexOf(b),
  );
}

export function withLimit(plan: SearchPlan, measure: SearchMeasure, most: number | null): SearchPlan {
  const others = plan.limits.filter((limit) => limit.measure !== measure);
  return { ...plan, limits: most === null ? others : [...others, { measure, most }] };
}

/** With a second goal no trial is given up: it would end small models for their metric alone. */
export function withSecond(plan: SearchPlan, second: SearchMeasure | null): SearchPlan {
  return { ...plan, second, ...(second !== null && { pruner: { type: 'none', fields: {} } }) };
}

/** What was chosen for a project goes on with its data, network and settings as they are now. */
export function rebased(plan: SearchPlan, { data, network, settings }: SearchPlan): SearchPlan {
  return { ...plan, data, network, settings: { ...settings, epochs: plan.settings.epochs } };
}
