/** What a search came to in plain sentences: what was tried, what is best and how good it really is, what was made of it. */
import type { RunSummary, Search, SearchOutcome, Trial } from '../../../src-main/contract';
import { formatDuration, formatNumber, m } from '../../i18n';
import { formatMetric, metricLabel } from '../train/metric-words';
import { endedCount, medianValue } from './trials/trial-figures';

/** @param remade runs of the best trial @param together the run of several, null where there is none */
export function outcomeSentences(
  search: Search,
  trials: readonly Trial[],
  { remade, together }: { readonly remade: readonly RunSummary[]; readonly together: RunSummary | null },
): readonly string[] {
  const { plan, outcome } = search;
  const best = trials.find(({ number }) => number === search.best);
  return [
    triedWords(search),
    ...(best ? bestWords(search, best, trials) : []),
    ...(remade.length > 0 ? [remadeWords(plan.metric, remade)] : []),
    ...(together && outcome?.together ? [togetherWords(plan.metric, together, outcome.together)] : []),
  ];
}

const endWords: Record<SearchOutcome['ended'], () => string> = {
  trials: m.search_end_trials,
  minutes: m.search_end_minutes,
  exhausted: m.search_end_exhausted,
  stopped: m.search_end_stopped,
};

function triedWords(search: Search): string {
  const { pruned, failed } = search.counts;
  const sentences = [
    m.search_said_tried({
      count: formatNumber(endedCount(search)),
      time: formatDuration(search.seconds),
      fields: formatNumber(search.plan.parameters.length),
    }),
    pruned > 0 ? m.search_said_pruned({ count: formatNumber(pruned) }) : '',
    failed > 0 ? m.search_said_failed({ count: formatNumber(failed) }) : '',
    search.outcome ? endWords[search.outcome.ended]() : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function bestWords({ plan: { metric } }: Search, best: Trial, trials: readonly Trial[]): string[] {
  const median = medianValue(trials);
  const words = {
    number: formatNumber(best.number),
    metric: metricLabel(`validation.${metric}`),
    value: formatMetric(metric, best.value),
  };
  return [
    median === null
      ? m.search_said_best(words)
      : m.search_said_best_of({ ...words, median: formatMetric(metric, median) }),
  ];
}

function remadeWords(metric: string, runs: readonly RunSummary[]): string {
  const values = runs.flatMap((run) => testValue(run, metric) ?? []);
  const [first] = values;
  if (first === undefined) return m.search_said_remade({ count: formatNumber(runs.length) });
  const words = { count: formatNumber(runs.length), metric: metricLabel(`test.${metric}`) };
  if (values.length === 1) return m.search_said_tested({ ...words, value: formatMetric(metric, first) });
  const [from, to] = [Math.min(...values), Math.max(...values)];
  return m.search_said_tested_range({ ...words, from: formatMetric(metric, from), to: formatMetric(metric, to) });
}

function togetherWords(metric: string, run: RunSummary, { members }: NonNullable<SearchOutcome['together']>): string {
  const value = testValue(run, metric);
  const count = formatNumber(new Set(members).size);
  if (value === null) return m.search_said_together({ count });
  return m.search_said_together_tested({
    count,
    metric: metricLabel(`test.${metric}`),
    value: formatMetric(metric, value),
  });
}

/** Older records keep it under its name with `test.` before it. */
export function testValue({ test }: Pick<RunSummary, 'test'>, metric: string): number | null {
  return test?.[metric] ?? test?.[`test.${metric}`] ?? null;
}
