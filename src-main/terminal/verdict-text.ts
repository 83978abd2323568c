/** Whether runs are better or were lucky, in sentences: on their test rows, and over seeds. */
import { scores, spreadOf, welch } from '../catalog';
import { unfitWords, type ComparedPair, type Run, type TestComparison } from '../contract';
import { formatMetric, formatNumber, formatTable } from './table';

/** A difference as people say it: percentage points of shares, else the number. */
function amount(score: string, value: number, isSigned = false): string {
  const isShare = scores.has(score) && scores.get(score).format === 'percent';
  const sign = isSigned && value > 0 ? '+' : '';
  return isShare ? `${sign}${(100 * value).toFixed(1)}` : `${sign}${formatNumber(value)}`;
}

function unit(score: string): string {
  return scores.has(score) && scores.get(score).format === 'percent' ? ' points' : '';
}

/** One paragraph for each run that was held against the reference. */
export function verdictText(comparison: TestComparison, names: ReadonlyMap<string, string>): string[] {
  const { score, reference, rows, resamples, isPart, steps, unfit, pairs } = comparison;
  const nameOf = (id: string) => names.get(id) ?? id;
  const left = unfit.map(({ runId, reason }) => `Not compared: ${nameOf(runId)}: ${unfitWords[reason].en}`);
  if (score === null || pairs.length === 0) return left;
  const which = isPart ? `the ${rows} test rows that all of them have` : `the same ${rows} test rows`;
  return [
    `Better or luck? By ${score} on ${which}${steps ? stepsText(steps) : ''}:`,
    ...pairs.map((pair) => `  ${pairText(pair, score, nameOf(pair.runId), nameOf(reference ?? ''))}`),
    ...pairs.flatMap((pair) => mcNemarText(pair, nameOf(pair.runId), nameOf(reference ?? ''))),
    ...left,
    `(Paired bootstrap, ${resamples} resamples, percentile interval, seed ${comparison.seed}` +
      `${pairs.length > 1 ? `; p adjusted for ${pairs.length} comparisons (Holm), intervals are not` : ''}.` +
      ' It speaks of these models on these rows; another seed of the same settings may turn out otherwise: `tandem repeat`.)',
  ];
}

function stepsText({ compared, of }: NonNullable<TestComparison['steps']>): string {
  if (compared === of) return `, all ${of} steps ahead`;
  return compared === 1 ? ', the first step ahead' : `, the first ${compared} of ${of} steps ahead`;
}

function pairText(
  { verdict, difference, low, high, adjusted }: ComparedPair,
  score: string,
  other: string,
  own: string,
) {
  const range = low === null || high === null ? '' : `${amount(score, low, true)} to ${amount(score, high, true)}`;
  const p = adjusted === null ? '' : `, p ${adjusted < 0.001 ? '< 0.001' : `= ${adjusted.toFixed(3)}`}`;
  if (verdict === 'tie') {
    if (difference === 0) return `${other} and ${own}: a tie, there is no difference.`;
    if ((low ?? 0) * (high ?? 0) > 0) {
      return `${other} and ${own}: a tie; ${amount(score, difference, true)}${unit(score)} (95 % interval ${range}) would count if it were the only comparison, but among all of them it may well be chance (p${p.slice(3)}).`;
    }
    return `${other} and ${own}: a tie; the difference of ${amount(score, difference, true)}${unit(score)} may well be chance (95 % interval ${range}${p}).`;
  }
  const size = Math.abs(difference);
  const [by, ends] = [amount(score, size), [Math.abs(low ?? 0), Math.abs(high ?? 0)].sort((a, b) => a - b)];
  const interval =
    (low ?? 0) * (high ?? 0) < 0 ? range : `${amount(score, ends[0] ?? 0)} to ${amount(score, ends[1] ?? 0)}`;
  return `${other} is ${verdict} than ${own} by ${by}${unit(score)} (95 % interval ${interval}${p}).`;
}

function mcNemarText({ agreement }: ComparedPair, other: string, own: string): string[] {
  if (!agreement) return [];
  const { both, onlyReference, onlyOther, neither, exact, midP } = agreement;
  return [
    `  ${other} and ${own}: both right ${both}, only ${own} ${onlyReference}, only ${other} ${onlyOther}, both wrong ${neither}` +
      ` (McNemar: exact p ${formatP(exact)}, mid-p ${formatP(midP)}).`,
  ];
}

function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** Groups of runs that differ by their seed alone: how far their figures spread, and whether the groups differ. */
export function seedText(groups: readonly (readonly Run[])[], figure: string): string[] {
  const known = groups.flatMap((runs) => {
    const values = runs.flatMap(({ test }) => test?.[figure] ?? []);
    return values.length > 1 ? [{ name: runs[0]?.name ?? '', values }] : [];
  });
  if (known.length === 0) return [];
  const table = formatTable(
    ['seeds of', 'runs', `mean ${figure}`, 'standard deviation', 'lowest', 'highest'],
    known.map(({ name, values }) => {
      const { count, mean, standardDeviation, minimum, maximum } = spreadOf(values);
      const figures = [mean, standardDeviation ?? 0, minimum, maximum].map(formatMetric);
      return [name, count, ...figures];
    }),
  );
  return [table, ...known.slice(1).flatMap((other) => groupText(known[0] ?? other, other, figure))];
}

interface Group {
  readonly name: string;
  readonly values: readonly number[];
}

function groupText(first: Group, second: Group, figure: string): string[] {
  const found = welch(first.values, second.values);
  if (!found) return [];
  const range = `95 % interval ${amount(figure, found.low, true)} to ${amount(figure, found.high, true)}`;
  const size = `${amount(figure, found.value, true)}${unit(figure)}`;
  const end = found.low <= 0 && found.high >= 0 ? 'which may well be chance' : 'more than seeds explain';
  return [
    `Over seeds, the setup of ${second.name} differs from that of ${first.name} by ${size}, ${end} (${range}; Welch's t).`,
  ];
}
