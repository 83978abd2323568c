/**
 * What a search came to, as facts in the order in which a person is told them. The window and the terminal put the same facts into
 * words, so that both say the same.
 */
import type { FieldValue, Run, Search, SearchOutcome, Trial } from '../../contract';
import type { ParameterImportance } from './importance';

export type SearchFact =
  /** How many trials ended, whatever came of them, over how many fields. */
  | { readonly code: 'tried'; readonly count: number; readonly seconds: number; readonly fields: number }
  | { readonly code: 'pruned' | 'failed'; readonly count: number }
  | { readonly code: 'ended'; readonly why: SearchOutcome['ended'] }
  /** No trial can be the answer. */
  | { readonly code: 'nothing' }
  /** `median` of the trials that ran to their end; null of fewer than three. */
  | { readonly code: 'best'; readonly number: number; readonly value: number; readonly median: number | null }
  /** Fields that decided most, with the best trial's values; null where it has none. */
  | {
      readonly code: 'mattered';
      readonly fields: readonly { readonly path: string; readonly value: FieldValue | null }[];
    }
  /** The best as runs of its own, and the lowest and highest that they reach on the test rows; null where untested. */
  | {
      readonly code: 'remade';
      readonly count: number;
      readonly test: { readonly low: number; readonly high: number } | null;
    }
  /** Several as one network: on validation rows all together and the best alone, on test rows all together. */
  | {
      readonly code: 'together';
      readonly members: readonly number[];
      readonly value: number;
      readonly alone: number;
      readonly test: number | null;
    }
  /** What answering always the same reaches on the test rows. */
  | { readonly code: 'constant'; readonly value: number };

/** What is read of the runs that a search made. */
type Made = Pick<Run, 'id' | 'test'>;

/** Fields named as those that mattered, and the share below which a field hardly did. */
const NAMED = 3;
const LEAST_SHARE = 0.1;

/**
 * @param runs that the search made. @param importance of its fields, the most important first; empty where it isn't known.
 * Figures on test rows are of the plan's metric.
 */
export function searchSummary(
  search: Search,
  trials: readonly Trial[],
  runs: readonly Made[],
  importance: readonly ParameterImportance[],
): SearchFact[] {
  const best = trials.find(({ number }) => number === search.best);
  return [
    ...triedFacts(search),
    ...(best ? bestFacts(best, trials, importance) : [{ code: 'nothing' } as const]),
    ...madeFacts(search, runs),
  ];
}

function triedFacts({ counts, seconds, plan, outcome }: Search): SearchFact[] {
  const { pruned, failed } = counts;
  const count = counts.finished + pruned + failed + counts.interrupted;
  return [
    { code: 'tried', count, seconds, fields: plan.parameters.length },
    ...(pruned > 0 ? [{ code: 'pruned', count: pruned } as const] : []),
    ...(failed > 0 ? [{ code: 'failed', count: failed } as const] : []),
    ...(outcome ? [{ code: 'ended', why: outcome.ended } as const] : []),
  ];
}

function bestFacts(best: Trial, trials: readonly Trial[], importance: readonly ParameterImportance[]): SearchFact[] {
  const fields = importance
    .filter(({ share }) => share >= LEAST_SHARE)
    .slice(0, NAMED)
    .map(({ path }) => ({ path, value: best.values[path] ?? null }));
  return [
    { code: 'best', number: best.number, value: best.value ?? NaN, median: medianValue(trials) },
    ...(fields.length > 0 ? [{ code: 'mattered', fields } as const] : []),
  ];
}

function madeFacts({ plan, runIds, outcome }: Search, runs: readonly Made[]): SearchFact[] {
  const remade = runs.filter(({ id }) => runIds.includes(id));
  const tested = remade.flatMap((run) => testValue(run, plan.metric) ?? []);
  const test = tested.length > 0 ? { low: Math.min(...tested), high: Math.max(...tested) } : null;
  const together = outcome?.together ?? null;
  const asOne = runs.find(({ id }) => id === together?.runId);
  const constant = [asOne, ...remade].flatMap((run) => run?.test?.[`baseline.${plan.metric}`] ?? [])[0];
  return [
    ...(remade.length > 0 ? [{ code: 'remade', count: remade.length, test } as const] : []),
    ...(together && asOne
      ? [
          {
            ...{ code: 'together' as const, members: together.members, value: together.value, alone: together.alone },
            test: testValue(asOne, plan.metric),
          },
        ]
      : []),
    ...(constant === undefined ? [] : [{ code: 'constant', value: constant } as const]),
  ];
}

/** A run's figure on the test rows; null where it was not tested. Older records keep it under its name with `test.` before it. */
export function testValue({ test }: Pick<Run, 'test'>, metric: string): number | null {
  return test?.[metric] ?? test?.[`test.${metric}`] ?? null;
}

/** Of the trials that ran to their end; null of fewer than three, which have no middle to speak of. */
function medianValue(trials: readonly Trial[]): number | null {
  const values = trials.flatMap(({ state, value }) => (state === 'finished' && value !== null ? [value] : []));
  if (values.length < 3) return null;
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
