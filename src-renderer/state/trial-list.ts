/** Trials as they are read in parts: those that changed take the place of what was known of them. */
import type { Trial } from '../../src-main/contract';

/** @returns ascending by number; trials that did not change stay the same objects. */
export function mergedTrials(known: readonly Trial[], changed: readonly Trial[]): readonly Trial[] {
  const byNumber = new Map(known.map((trial) => [trial.number, trial]));
  for (const trial of changed) byNumber.set(trial.number, trial);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
