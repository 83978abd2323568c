/** What a search came to in plain sentences: the facts that the terminal says too, in the window's words. */
import { searchSummary, type ParameterImportance, type SearchFact } from '../../../src-main/catalog';
import type { RunSummary, Search, SearchOutcome, SearchPlan, Trial } from '../../../src-main/contract';
import { formatDuration, formatNumber, m } from '../../i18n';
import { formatMetric, metricLabel } from '../train/metric-words';
import { fieldWords } from './field-words';

/** @param runs that it made @param importance of its fields; null where it isn't known yet */
export function outcomeSentences(
  search: Search,
  trials: readonly Trial[],
  runs: readonly RunSummary[],
  importance: readonly ParameterImportance[] | null,
): readonly string[] {
  return searchSummary(search, trials, runs, importance ?? []).flatMap((fact) => sentence(fact, search.plan) ?? []);
}

const endWords: Record<SearchOutcome['ended'], () => string> = {
  trials: m.search_end_trials,
  minutes: m.search_end_minutes,
  exhausted: m.search_end_exhausted,
  stopped: m.search_end_stopped,
};

/** @returns null of what the screen says elsewhere, with what to do */
function sentence(fact: SearchFact, plan: SearchPlan): string | null {
  const { metric } = plan;
  switch (fact.code) {
    case 'tried':
      return m.search_said_tried({
        count: formatNumber(fact.count),
        time: formatDuration(fact.seconds),
        fields: formatNumber(fact.fields),
      });
    case 'pruned':
      return m.search_said_pruned({ count: formatNumber(fact.count) });
    case 'failed':
      return m.search_said_failed({ count: formatNumber(fact.count) });
    case 'ended':
      return endWords[fact.why]();
    case 'nothing':
      return null;
    case 'best':
      return bestWords(fact, metric);
    case 'mattered':
      return m.search_said_mattered({ fields: fact.fields.map((field) => fieldText(field, plan)).join(' · ') });
    case 'remade':
      return remadeWords(fact, metric);
    case 'together':
      return togetherWords(fact, metric);
    case 'constant':
      return m.search_said_constant({ metric: metricLabel(`test.${metric}`), value: formatMetric(metric, fact.value) });
  }
}

function bestWords({ number, value, median }: Extract<SearchFact, { code: 'best' }>, metric: string): string {
  const words = {
    number: formatNumber(number),
    metric: metricLabel(`validation.${metric}`),
    value: formatMetric(metric, value),
  };
  return median === null
    ? m.search_said_best(words)
    : m.search_said_best_of({ ...words, median: formatMetric(metric, median) });
}

type Field = Extract<SearchFact, { code: 'mattered' }>['fields'][number];

function fieldText({ path, value }: Field, plan: SearchPlan): string {
  const { label, format } = fieldWords(plan)(path);
  return value === null ? label : m.search_said_field({ field: label, value: format(value) });
}

function remadeWords({ count, test }: Extract<SearchFact, { code: 'remade' }>, metric: string): string {
  if (!test) return m.search_said_remade({ count: formatNumber(count) });
  const words = { count: formatNumber(count), metric: metricLabel(`test.${metric}`) };
  const [from, to] = [formatMetric(metric, test.low), formatMetric(metric, test.high)];
  return count === 1
    ? m.search_said_tested({ ...words, value: from })
    : m.search_said_tested_range({ ...words, from, to });
}

function togetherWords({ members, test }: Extract<SearchFact, { code: 'together' }>, metric: string): string {
  const count = formatNumber(members.length);
  if (test === null) return m.search_said_together({ count });
  const words = { metric: metricLabel(`test.${metric}`), value: formatMetric(metric, test) };
  return m.search_said_together_tested({ count, ...words });
}
