/** Anomalies in words, and what a network gives back as pixels. */
import type { Evaluation } from '../../../src-main/contract';
import { formatNumber, formatPercent, m } from '../../i18n';

/** A mark of the model or the data as people read it; an error where there is no threshold yet. */
export function markWords(mark: string | number): string {
  if (typeof mark === 'number') return formatNumber(mark);
  return mark === 'anomalous' ? m.anomaly_anomalous_word() : m.anomaly_ordinary_word();
}

/** Brightness of 0 to 1 as bytes. */
export function pixelsFrom(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}

/** How the model does on the test rows at its threshold; null where that was not measured. */
export function honestWords(evaluation: Evaluation | null): string | null {
  const read = (id: string) => evaluation?.scores.find((score) => score.id === id)?.value;
  const [found, alarms] = [read('anomaly-recall'), read('false-alarms')];
  if (alarms === undefined) return null;
  const flagged = formatPercent(alarms, 1);
  return found === undefined
    ? m.anomaly_honest_unknown({ alarms: flagged })
    : m.anomaly_honest_known({ found: formatPercent(found, 1), alarms: flagged });
}
