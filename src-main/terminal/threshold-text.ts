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

const distanceWords =
  'It is a distance from the three nearest training examples, as the narrow middle of the network sees them (0 to 2).';

/** One line for the threshold, one for each part of rows that it was tried on. */
export function thresholdLines(anomaly: AnomalyMeasures): string[] {
  const { score, threshold, proposed, rule, chosenOn, chosen, test } = anomaly;
  const ordinary = score === 'neighbours' ? 'distances of ordinary rows' : 'ordinary errors';
  const by = rule === 'best-f1' ? 'the best F1' : `the 99th percentile of ${ordinary}`;
  const proposal = `by ${by} of the ${chosenOn} rows`;
  const beside = threshold === proposed ? proposal : `proposed was ${formatMetric(proposed)}, ${proposal}`;
  const parts = [
    { name: chosenOn, errors: chosen },
    { name: 'test', errors: test },
  ].filter(({ errors }) => errors.ordinary + errors.anomalous > 0);
  return [
    `Threshold: ${formatMetric(threshold)} (${beside}).`,
    ...(score === 'neighbours' ? [distanceWords] : []),
    ...parts.map(({ name, errors }) => `Of the ${name} rows it ${flagged(errors, threshold)}.`),
  ];
}
