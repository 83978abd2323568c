/** A plan of a search checked before it is begun: every trial that it can come to is one that can be trained by these fields. */
import { CodedError, type FieldValue, type SearchParameter, type SearchPlan, type SearchRange } from '../../contract';
import { parseFields } from '../fields';
import { pruners, samplers, tasks } from '../index';
import { invalidPath } from './path';
import { searchableFields, type SearchableField } from './space';

/** @throws CodedError `field-invalid` naming the path; `definition-unknown` for a sampler or pruner that is none */
export function requireValidPlan(plan: SearchPlan): void {
  const { parameters, budget, sampler, pruner, second } = plan;
  if (parameters.length === 0) throw invalidPath('parameters', 'must name at least one field to search');
  if (budget.minutes === null && budget.trials === null) {
    throw invalidPath('budget', 'must say minutes, trials, or both');
  }
  const sampling = samplers.get(sampler.type);
  parseFields(sampling.fields, sampler.fields, sampling.label.en);
  const pruning = pruners.get(pruner.type);
  parseFields(pruning.fields, pruner.fields, pruning.label.en);
  if (second !== null && pruner.type !== 'none') {
    throw invalidPath(
      'pruner',
      'must be none with a second objective: it would end small models for their metric alone',
    );
  }
  requireMetric(plan);
  const known = new Map(searchableFields(plan).map((field) => [field.path, field]));
  parameters.forEach((parameter, at) => {
    requireParameter(parameter, parameters.slice(0, at), known);
  });
}

function requireMetric({ data, metric, parameters }: SearchPlan): void {
  const own = ['loss', ...tasks.get(data.task).metrics];
  if (!own.includes(metric)) throw invalidPath('metric', `must be one of ${own.join(', ')} for this task`);
  if (metric === 'loss' && parameters.some(({ path }) => path === 'loss')) {
    throw invalidPath('metric', 'cannot be the loss while the loss is searched: its values cannot be compared');
  }
}

function requireParameter(
  parameter: SearchParameter,
  before: readonly SearchParameter[],
  known: ReadonlyMap<string, SearchableField>,
): void {
  const { path, range, when } = parameter;
  const field = known.get(path);
  if (!field) throw invalidPath(path, 'cannot be searched in this configuration');
  if (before.some((other) => other.path === path)) throw invalidPath(path, 'is named twice');
  requireRange(path, range, field);
  if (when) requireCondition(path, when, before);
  if (field.when) requireThere(parameter, field.when, before, known);
}

function requireRange(path: string, range: SearchRange, { limits }: SearchableField): void {
  if (range.kind === 'choice') {
    const isWithin = (value: FieldValue) =>
      limits.kind === 'choice'
        ? limits.values.some((one) => one.value === value)
        : typeof value === 'number' &&
          value >= limits.minimum &&
          value <= limits.maximum &&
          (limits.kind === 'number' || Number.isInteger(value));
    const odd = range.values.find((value) => !isWithin(value));
    if (odd !== undefined) throw invalidPath(path, `cannot be ${String(odd)}`);
    if (new Set(range.values).size < range.values.length) throw invalidPath(path, 'names a value twice');
    return;
  }
  if (limits.kind === 'choice') throw invalidPath(path, 'must be searched by choices');
  if (limits.kind === 'integer' && range.kind === 'number') throw invalidPath(path, 'must be a range of whole numbers');
  const { minimum, maximum, scale } = range;
  if (!(minimum < maximum)) throw invalidPath(path, 'must have a minimum below its maximum');
  if (minimum < limits.minimum || maximum > limits.maximum) {
    throw invalidPath(path, `must lie from ${limits.minimum} to ${limits.maximum}`);
  }
  if (scale === 'log' && minimum <= 0) throw invalidPath(path, 'must begin above 0 on a logarithmic scale');
}

type Condition = NonNullable<SearchParameter['when']>;

function requireCondition(path: string, when: Condition, before: readonly SearchParameter[]): void {
  const other = before.find((one) => one.path === when.path);
  if (!other) throw invalidPath(path, `depends on ${when.path}, which must be searched and stand before it`);
  if (when.values.every((value) => !canBe(other.range, value))) {
    throw invalidPath(path, `is never searched: ${when.path} is never ${when.values.join(' or ')}`);
  }
}

function canBe(range: SearchRange, value: FieldValue): boolean {
  if (range.kind === 'choice') return range.values.includes(value);
  return typeof value === 'number' && value >= range.minimum && value <= range.maximum;
}

/** Where the field is there for some types only, the parameter may be drawn for no other. */
function requireThere(
  { path, when }: SearchParameter,
  needs: Condition,
  before: readonly SearchParameter[],
  known: ReadonlyMap<string, SearchableField>,
): void {
  const owner = before.find((one) => one.path === needs.path);
  const current = known.get(needs.path)?.current;
  const possible = owner?.range.kind === 'choice' ? owner.range.values : current === undefined ? [] : [current];
  const drawn = when?.path === needs.path ? possible.filter((value) => when.values.includes(value)) : possible;
  const odd = drawn.find((value) => !needs.values.includes(value));
  if (odd === undefined && drawn.length > 0) return;
  const said = `is there only where ${needs.path} is ${needs.values.join(' or ')}`;
  throw new CodedError('field-invalid', { where: 'Search', field: path, detail: said });
}
