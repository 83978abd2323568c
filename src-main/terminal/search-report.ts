/** How a search ended, for people: its best trials, what was made of them, and whether that is better than what there was. */
import { fromWireError, type Run, type Search, type SearchVerdict, type Trial } from '../contract';
import { byWorth } from './follow-search';
import type { Session } from './session';
import { formatMetric, formatNumber, formatTable, type Cell } from './table';
import { figureText, mainFigure } from './test-figures';

/** Trials in the table. */
const SHOWN = 10;

const endWords = {
  trials: 'all trials were tried',
  minutes: 'its minutes are over',
  exhausted: 'nothing was left to try',
  stopped: 'stopped by you',
} as const;

/** The end of a command that searched. @throws CodedError what the search failed by */
export async function reportSearch(session: Session, search: Search): Promise<void> {
  const trials = await allTrials(session, search.id);
  const runs = await Promise.all(madeRuns(search).map((id) => session.services.runs.get({ id })));
  session.output.result(
    { search, trials, runs },
    [...searchText(search, trials), ...foundText(search, runs)].join('\n'),
  );
  requireNoFailure(search);
}

/** @throws CodedError what the search failed by */
export function requireNoFailure({ error }: Search): void {
  if (error) throw fromWireError(error);
}

/** In the order of their beginning. */
export async function allTrials({ services }: Session, id: string): Promise<Trial[]> {
  const trials = new Map<number, Trial>();
  for (let since = 0, more = true; more;) {
    const found = await services.searches.trials({ id, since });
    for (const trial of found.trials) trials.set(trial.number, trial);
    [since, more] = [found.since, found.more];
  }
  return [...trials.values()].sort((a, b) => a.number - b.number);
}

/** Of the best by each of its seeds, then of several together. */
export function madeRuns({ runIds, outcome }: Search): string[] {
  return [...runIds, ...(outcome?.together ? [outcome.together.runId] : [])];
}

function searchText({ id, name, state, counts, seconds, outcome, plan, best }: Search, trials: readonly Trial[]) {
  const ended = outcome ? `, ${endWords[outcome.ended]}` : '';
  const told = Object.entries(counts).flatMap(([how, count]) => (count > 0 ? [`${count} ${how}`] : []));
  const lines = [
    `Search ${name} (${id}): ${state}${ended}, ${trials.length} trials in ${seconds.toFixed(1)} s: ${told.join(', ')}.`,
  ];
  const shown = byWorth(plan, trials)
    .filter(({ value }) => value !== null)
    .slice(0, SHOWN);
  if (shown.length > 0) lines.push('', trialTable(plan, shown), '');
  const halved = shown.flatMap(({ number, measures: { batchSize } }) =>
    batchSize === undefined ? [] : [`trial ${number} with batches of ${batchSize}`],
  );
  if (halved.length > 0) lines.push(`Memory ran out, so batches were halved: ${halved.join(', ')}.`);
  if (best !== null)
    lines.push(
      `Best by ${plan.metric} on validation rows${plan.limits.length > 0 ? ' within the limits' : ''}: trial ${best}.`,
    );
  if (outcome && outcome.front.length > 0) {
    lines.push(`Best for their ${plan.second ?? ''}: trials ${outcome.front.join(', ')}.`);
  }
  return lines;
}

function trialTable({ metric, parameters }: Search['plan'], trials: readonly Trial[]): string {
  const paths = parameters.map(({ path }) => path);
  const rows = trials.map(({ number, value, curve, measures, seconds, state, values }): Cell[] => [
    ...[number, formatMetric(value ?? NaN), state, curve.length, measures.parameters ?? null],
    ...[measures.latency === undefined ? null : formatNumber(measures.latency), seconds.toFixed(1)],
    ...paths.map((path) => cellOf(values[path])),
  ]);
  const header = ['trial', metric, 'state', 'epochs', 'parameters', 'ms', 'seconds'];
  return formatTable([...header, ...paths.map((path) => path.replace(/^settings\./, ''))], rows);
}

function cellOf(value: Trial['values'][string] | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? String(value) : value;
}

function foundText({ plan, outcome }: Search, runs: readonly Run[]): string[] {
  const lines = runs.map((run) => {
    const figure = mainFigure(run.test);
    const what = run.search?.trial == null ? 'Together' : `Made anew with seed ${run.settings.seed}`;
    return `${what}: ${run.name}, ${run.state}${figure === null ? '' : `; on the test rows ${figureText(run.test, figure)}`}`;
  });
  const { together, verdicts = [] } = outcome ?? {};
  if (together) {
    const values = `${formatMetric(together.value)} on validation rows, the best alone ${formatMetric(together.alone)}`;
    lines.push(`Trials ${together.members.join(', ')} answer together: ${plan.metric} ${values}.`);
  } else if (outcome && outcome.ended !== 'stopped' && plan.finish.together > 1) {
    lines.push('No trials together are better on the validation rows than the best alone.');
  }
  return [...lines, ...verdicts.map((verdict) => verdictLine(verdict, runs))];
}

function verdictLine(
  { runId, method, score, count, difference, low, high, verdict, found, own }: SearchVerdict,
  runs: readonly Run[],
) {
  const name = runs.find(({ id }) => id === runId)?.name ?? runId;
  const range = low === null || high === null ? '' : ` (95 % interval ${formatNumber(low)} to ${formatNumber(high)})`;
  const by = method === 'seeds' ? `over ${count} runs of both with their seeds` : `on ${count} test rows`;
  const values = `${score} ${formatMetric(found)} against ${formatMetric(own)}, ${by}`;
  if (verdict === 'tie')
    return `${name} and your own run: a tie; ${values}; the difference may well be chance${range}.`;
  return `${name} is ${verdict} than your own run: ${values}; a difference of ${formatNumber(difference)}${range}.`;
}
