/** What the threshold of a model of anomalies is and does, for people. */
import { shareAbove } from '../catalog';
import type { AnomalyMeasures, ReconstructionErrors } from '../contract';
import { formatMetric } from './table';

/** "flags 2.1 % of 300 ordinary rows and 87.0 % of 24 known anomalies" */
function flagged(errors: ReconstructionErrors, threshold: number): string {
  const share = (of: readonly number[]) => `${(100 * shareAbove(of, threshold)).toFixed(1)} %`;
  const known = `${share(errors.anomalousErrors)} of ${errors.anomalous} known anomalies`;
  const ordinary = `${share(errors.ordinaryErrors)} of ${errors.ordinary} ordinary rows`;
  return `flags ${[...(errors.ordinary > 0 ? [ordinary] : []), ...(errors.anomalous > 0 ? [known] : [])].join(' and ')}`;
}

/** One line for the threshold, one for each part of rows that it was tried on. */
export function thresholdLines({ threshold, proposed, rule, chosenOn, chosen, test }: AnomalyMeasures): string[] {
  const by = rule === 'best-f1' ? 'the best F1' : 'the 99th percentile of ordinary errors';
  const proposal = `by ${by} of the ${chosenOn} rows`;
  const beside = threshold === proposed ? proposal : `proposed was ${formatMetric(proposed)}, ${proposal}`;
  const parts = [
    { name: chosenOn, errors: chosen },
    { name: 'test', errors: test },
  ].filter(({ errors }) => errors.ordinary + errors.anomalous > 0);
  return [
    `Threshold: ${formatMetric(threshold)} (${beside}).`,
    ...parts.map(({ name, errors }) => `Of the ${name} rows it ${flagged(errors, threshold)}.`),
  ];
}
