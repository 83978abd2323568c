/**
 * What a diagnosis is: a rule that looks at a run, in training or ended, and says what went wrong in a sentence with its
 * evidence, and a change of the configuration that is likely to mend it. Rules are heuristics: each states its thresholds and
 * why, and is tested on runs made to have the fault and on healthy ones.
 */
import type { Epoch, NetworkSpec, ProbeOverview, ProbeReading, Run, Text, TrainingSettings } from '../contract';
import type { Definition } from './definition-parts';

/** What is known of a run. */
export interface RunFacts {
  readonly run: Pick<Run, 'data' | 'network' | 'settings' | 'state' | 'error'>;
  readonly epochs: readonly Epoch[];
  /** All readings; without any for runs of older versions. */
  readonly readings: ProbeOverview;
  /** The newest reading as a whole; null where there is none. */
  readonly newest: ProbeReading | null;
}

/** What a repair changes. */
export interface Configuration {
  readonly network: NetworkSpec;
  readonly settings: TrainingSettings;
}

/** One click: a change of the configuration as it is by then, or the screen (and its tab) where what is wrong is mended. */
export type Remedy = { readonly label: Text } & (
  { readonly change: (now: Configuration) => Configuration } | { readonly screen: 'data'; readonly tab: 'quality' }
);

export interface Diagnosis {
  /** What is so, with the numbers that say it. */
  readonly text: Text;
  /** What comes of it, and what to do. */
  readonly next: Text;
  /** The numbers behind the sentence, epoch by epoch or reading by reading, and what they are. */
  readonly evidence: { readonly label: Text; readonly values: readonly number[] };
  /** The tab of the run that shows more; the curves above it where there is none. */
  readonly tab?: 'predictions' | 'confusion' | 'layers';
  readonly remedy?: Remedy;
}

export interface DiagnosisDefinition extends Definition {
  /** The lowest is told first. */
  readonly rank: number;
  /** Ids of diagnoses that say the same of a run and less well: where this one is made, those are not told. */
  readonly covers?: readonly string[];
  /** Pure and quick: the window asks after every epoch. */
  readonly check: (facts: RunFacts) => Diagnosis | null;
}
