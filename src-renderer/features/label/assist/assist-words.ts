/** What is known of proposals and of two labellers, in sentences with their intervals. */
import {
  kappaRange,
  shareInterval,
  type BoxHits,
  type BulkFacts,
  type Hits,
  type Kappa,
  type KappaRange,
  type Proposals,
  type Replay,
} from '../../../../src-main/contract';
import { formatNumber, formatPercent, m } from '../../../i18n';

/** How often it was right about rows that it had not seen. */
export function qualityWords({ judgedRight, source, marks, ticks, boxes, labelled }: Proposals): string {
  if (marks) return marksWords(marks, labelled);
  if (boxes) return boxesWords(boxes);
  const right = judgedRight.reduce((sum, one) => sum + one, 0);
  const { length: judged } = judgedRight;
  const interval = shareInterval(right, judged);
  if (!interval) return source.kind === 'run' ? m.assist_right_unknown_run() : m.assist_right_unknown();
  const known = {
    right: formatPercent(right / judged),
    low: formatPercent(interval.low),
    high: formatPercent(interval.high),
    judged: formatNumber(judged),
  };
  return ticks ? `${m.assist_lists_right(known)} ${tickWords(ticks)}` : m.assist_right(known);
}

/** How single classes of lists fared, where any was proposed. */
function tickWords({ proposed, right, there }: Hits): string {
  if (proposed === 0) return m.assist_ticks_none();
  return m.assist_ticks({
    right: formatPercent(right / proposed),
    proposed: formatNumber(proposed),
    found: formatPercent(there === 0 ? 0 : right / there),
    there: formatNumber(there),
  });
}

/** The same for marks: how many of the proposed ones were right, and how many of those that are there were found. */
function marksWords({ proposed, right, there }: Hits, texts: number): string {
  const interval = shareInterval(right, proposed);
  if (!interval) return m.assist_marks_none({ texts: formatNumber(texts) });
  return m.assist_marks_right({
    right: formatPercent(right / proposed),
    low: formatPercent(interval.low),
    high: formatPercent(interval.high),
    proposed: formatNumber(proposed),
    found: formatPercent(there === 0 ? 0 : right / there),
    there: formatNumber(there),
  });
}

/** Boxes in pictures that it had not seen: how many of the proposed ones were right, how many of those there found, and how well. */
function boxesWords({ proposed, right, close, there, pictures }: BoxHits): string {
  const interval = shareInterval(right, proposed);
  if (!interval) return m.assist_boxes_unknown({ pictures: formatNumber(pictures) });
  return m.assist_boxes_right({
    pictures: formatNumber(pictures),
    right: formatPercent(right / proposed),
    low: formatPercent(interval.low),
    high: formatPercent(interval.high),
    proposed: formatNumber(proposed),
    found: formatPercent(there === 0 ? 0 : right / there, 0),
    there: formatNumber(there),
    close: formatPercent(there === 0 ? 0 : close / there, 0),
  });
}

/** How many of the proposals that a person is about to take are likely wrong. */
export function errorWords({ rows, judged, wrong }: BulkFacts): string {
  const interval = shareInterval(wrong, judged);
  if (!interval) return m.assist_sure_unknown();
  const { length: count } = rows;
  return m.assist_sure_errors({
    judged: formatNumber(judged),
    wrong: formatNumber(wrong),
    expected: formatNumber(Math.round((count * wrong) / judged)),
    low: formatNumber(Math.floor(count * interval.low)),
    high: formatNumber(Math.ceil(count * interval.high)),
  });
}

const ranges: Readonly<Record<KappaRange, () => string>> = {
  poor: m.assist_kappa_poor,
  slight: m.assist_kappa_slight,
  fair: m.assist_kappa_fair,
  moderate: m.assist_kappa_moderate,
  substantial: m.assist_kappa_substantial,
  'almost perfect': m.assist_kappa_perfect,
};

export function kappaWords({ kappa, standardError }: Kappa): string {
  if (kappa === null || standardError === null) return m.assist_kappa_none();
  const half = 1.959964 * standardError;
  const two = (value: number) => formatNumber(value, 2);
  const [low, high] = [two(Math.max(-1, kappa - half)), two(Math.min(1, kappa + half))];
  return m.assist_kappa({ kappa: two(kappa), low, high, range: ranges[kappaRange(kappa)]() });
}

/** What the order of least sure rows would have saved of the labels so far. */
export function savedWords({ counts, goal, leastSure, heldOut }: Replay): string {
  const most = counts[counts.length - 1] ?? 0;
  const known = { goal: formatPercent(goal), labels: formatNumber(most), rows: formatNumber(heldOut) };
  if (leastSure.needed === null) return m.assist_saved_none(known);
  const needed = Math.round(leastSure.needed);
  return m.assist_saved({ ...known, needed: formatNumber(needed), share: formatPercent(1 - needed / most, 0) });
}
