/**
 * What a search may spend, in minutes of work or in trials, and what it has spent. Minutes include the start of its process,
 * and the making anew of the best, for which some are held back; pauses, and the time between two tries to go on, are left out.
 */
import type { SearchPlan } from '../../contract';
import type { FitControl } from '../../engine/fit-control';

/** Below this share of the minutes nothing is begun that would have to be ended before its end. */
const SLACK = 0.05;

/** What is known of the time that things take, in seconds. */
export interface Pace {
  /** A trial on average, its first epoch with what comes before it, and the end of the search after the last trial. */
  readonly trial: number;
  readonly firstEpoch: number;
  readonly ending: number;
}

export class SearchBudget {
  readonly #plan: Pick<SearchPlan, 'budget'>;
  readonly #control: FitControl;
  readonly #earlier: number;

  /** @param earlier seconds spent before, those that this process took to start among them. */
  constructor(plan: Pick<SearchPlan, 'budget'>, control: FitControl, earlier: number) {
    this.#plan = plan;
    this.#control = control;
    this.#earlier = earlier - control.workingTime() / 1000;
  }

  /** Spent so far. */
  seconds(): number {
    return this.#earlier + this.#control.workingTime() / 1000;
  }

  /** Until trials must have ended; infinite without a limit. @param ending seconds that what follows takes */
  left(ending: number): number {
    const { minutes } = this.#plan.budget;
    return minutes === null ? Infinity : 60 * minutes - ending - this.seconds();
  }

  /** @param begun trials so far. @returns why no other is to begin; null where one is */
  endBefore(begun: number, { trial, firstEpoch, ending }: Pace): 'trials' | 'minutes' | null {
    const { minutes, trials } = this.#plan.budget;
    if (trials !== null && begun >= trials) return 'trials';
    if (minutes === null) return null;
    const left = this.left(ending);
    const isWorth = left >= trial || (left >= firstEpoch && left > SLACK * 60 * minutes);
    return left > 0 && isWorth ? null : 'minutes';
  }

  /** How far it is, by whatever is nearer to its end. */
  progress(begun: number, ending: number): { readonly done: number; readonly total: number; readonly unit: string } {
    const { minutes, trials } = this.#plan.budget;
    const spent = this.seconds();
    const ofTrials = trials === null ? -1 : begun / trials;
    const ofMinutes = minutes === null ? -1 : spent / Math.max(1, 60 * minutes - ending);
    if (minutes === null || (trials !== null && ofTrials > ofMinutes)) {
      return { done: begun, total: trials ?? begun, unit: 'trials' };
    }
    return { done: Math.min(spent, 60 * minutes), total: 60 * minutes, unit: 'seconds' };
  }
}
