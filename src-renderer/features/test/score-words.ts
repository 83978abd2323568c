/** Scores of test rows in words: their intervals, what stands beside them, and the warning where that is as good. */
import { beatsBaseline, shareInterval } from '../../../src-main/catalog';
import type { Evaluation, Score } from '../../../src-main/contract';
import { formatNumber, formatPercent, m } from '../../i18n';
import { isShare, metricLabel } from '../train/metric-words';

/** Figures at the head of the screen; the others have their own tab. */
const shownAtOnce = 3;

/** The first scores; of an evaluation of an older version its metrics, with the interval that a share has. */
export function leadingScores({ scores, metrics, rows }: Evaluation): readonly Score[] {
  if (scores.length > 0) return scores.slice(0, shownAtOnce);
  return Object.entries(metrics).map(([name, value]) => {
    const id = name.replace(/^test\./, '');
    return { id, value, interval: isShare(id) ? shareInterval(value, rows) : null, baseline: null };
  });
}

/** What four places after the point can still tell from 0. */
const fourPlaces = 0.0005;

/** Shares as such, others with the digits that test rows can tell. */
export function formatScore(id: string, value: number | null): string {
  if (value === null) return '–';
  if (isShare(id)) return formatPercent(value, 2);
  const size = Math.abs(value);
  return formatNumber(size < 1 && size >= fourPlaces ? Number(value.toFixed(4)) : value);
}

export function intervalWords({ id, interval }: Score): string {
  return interval ? m.test_interval({ low: formatScore(id, interval.low), high: formatScore(id, interval.high) }) : '';
}

/** What the baseline answers. */
export function baselineWords({ baseline }: Evaluation): string {
  if (!baseline) return '';
  if (baseline.kind === 'majority') {
    const share = formatPercent(Math.max(...baseline.shares));
    return m.scores_majority({ label: baseline.label, share });
  }
  if (baseline.kind === 'user-item-means') {
    const [mean, error] = [baseline.mean, baseline.errorOfMean].map((value) => formatScore('', value));
    return m.ratings_baseline({ mean: mean ?? '', error: error ?? '' });
  }
  if (baseline.kind === 'seasonal-naive') {
    const { season } = baseline;
    return season > 1 ? m.series_seasonal_baseline({ season: formatNumber(season) }) : m.series_naive_baseline();
  }
  if (baseline.kind === 'mean-example') return m.anomaly_baseline();
  return m.scores_constant({ mean: formatNumber(baseline.mean), median: formatNumber(baseline.median) });
}

/** What the baseline is, and what it means to be better. */
export function baselineHelp(evaluation: Evaluation): string {
  const words = baselineWords(evaluation);
  const kind = evaluation.baseline?.kind;
  if (kind === 'user-item-means') return words;
  return `${words} ${kind === 'seasonal-naive' ? m.series_help_baseline() : m.scores_help_baseline()}`;
}

/** How the lists behind the scores of ranking were made; empty for other tasks. */
export function listWords({ ranking }: Evaluation): string {
  if (!ranking) return '';
  return m.ratings_lists({
    users: formatNumber(ranking.users),
    weight: formatScore('', ranking.popularityWeight),
    liked: formatNumber(ranking.likedFrom),
  });
}

/** That the network is no better than the baseline by the score that decides; null where it is. */
export function warningWords({
  scores,
  rows,
  baseline: answers,
}: Evaluation): { message: string; hint: string } | null {
  const [main] = scores;
  if (!main || beatsBaseline(main) !== false) return null;
  const [value, baseline] = [formatScore(main.id, main.value), formatScore(main.id, main.baseline)];
  const figures = { rows: formatNumber(rows), metric: metricLabel(main.id), value, baseline };
  const message = answers?.kind === 'user-item-means' ? m.ratings_warning(figures) : m.scores_warning(figures);
  return { message, hint: m.scores_warning_hint() };
}
