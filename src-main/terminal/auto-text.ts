/** What a search found, in sentences for somebody who has never trained a network: the facts that the window says too. */
import { searchImportance, searchSummary, type SearchFact } from '../catalog';
import type { Run, Search, Trial } from '../contract';
import { formatMetric } from './table';

const endWords = {
  trials: 'All trials of the budget were made.',
  minutes: 'Then its minutes were over.',
  exhausted: 'Then nothing was left to try.',
  stopped: 'Then it was stopped.',
} as const;

export function autoText(search: Search, trials: readonly Trial[], runs: readonly Run[]): string[] {
  const { plan, outcome } = search;
  const facts = searchSummary(search, trials, runs, searchImportance(plan, trials));
  const recommended =
    runs.find(({ id }) => id === outcome?.together?.runId) ?? runs.find(({ state }) => state === 'finished');
  return [
    ...facts.map((fact) => sentence(fact, plan.metric)),
    ...(recommended
      ? [`Use it with: tandem predict ${recommended.name} <file>. Look closer with: tandem test ${recommended.name}.`]
      : []),
  ];
}

function sentence(fact: SearchFact, metric: string): string {
  switch (fact.code) {
    case 'tried':
      return `${fact.count} trainings were tried in ${timeText(fact.seconds)}, with other values of ${fact.fields} fields.`;
    case 'pruned':
      return `${fact.count} of them were given up early, as others did better.`;
    case 'failed':
      return `${fact.count} failed.`;
    case 'ended':
      return endWords[fact.why];
    case 'nothing':
      return 'None of them can be the answer: give it more minutes, or looser limits where it has some.';
    case 'best':
      return `They were told apart by ${metric} on the validation rows, which none was trained on; the best is trial ${fact.number} with ${formatMetric(fact.value)}${medianText(fact.median)}.`;
    case 'mattered':
      return `What mattered most: ${fact.fields.map(fieldText).join(', ')}.`;
    case 'remade':
      return remadeText(fact, metric);
    case 'together':
      return togetherText(fact, metric);
    case 'constant':
      return `Answering always the same gets ${formatMetric(fact.value)} there.`;
  }
}

function medianText(median: number | null): string {
  return median === null ? '' : `; half of the complete trials reached ${formatMetric(median)} or better`;
}

type Field = Extract<SearchFact, { code: 'mattered' }>['fields'][number];

function fieldText({ path, value }: Field): string {
  const best = typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value);
  return `${path.replace(/^settings\./, '')}${value === null ? '' : ` (best ${best})`}`;
}

function remadeText({ count, test }: Extract<SearchFact, { code: 'remade' }>, metric: string): string {
  const made = `The best was trained anew on all training rows${count > 1 ? ` with ${count} seeds` : ''}`;
  if (!test) return `${made}.`;
  const { low, high } = test;
  const reached = low === high ? formatMetric(low) : `from ${formatMetric(low)} to ${formatMetric(high)}`;
  return `${made}. On the test rows, by which nothing was chosen, it has ${metric} ${reached}.`;
}

function togetherText(
  { members, value, alone, test }: Extract<SearchFact, { code: 'together' }>,
  metric: string,
): string {
  const how = value === alone ? 'as good, with a lower loss,' : 'better still';
  const tested = test === null ? '' : ` On the test rows they have ${metric} ${formatMetric(test)}.`;
  return `Together the trials ${members.join(', ')} are ${how} on the validation rows (${formatMetric(value)}), so they answer as one network.${tested}`;
}

function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} seconds` : `${(seconds / 60).toFixed(1)} minutes`;
}
