/**
 * What a search leaves in the library while it goes on: each trial as it begins, after epochs and as it ends, what was spent with
 * it, and the weights of the few best where several are to answer together.
 */
import { bestTrial, isBetter, keepsLimits } from '../../catalog';
import type { FieldValues, SearchPlan, Trial } from '../../contract';
import type { Library } from '../../storage/library';
import { beginTrial, keepTrial, listTrials } from '../../storage/search-trials';
import { updateSearch } from '../../storage/searches';
import { keepTrialWeightsOf, listTrialWeights, saveTrialWeights, type TrialWeights } from '../../storage/trial-weights';
import type { SearchBudget } from './search-budget';

/** Epochs are written at most so often. */
const EPOCH_MS = 200;
/** Trials from which those that answer together are chosen, for each of these. */
const CANDIDATES = 2;

export class SearchRecord {
  readonly plan: SearchPlan;
  readonly #library: Library;
  readonly #searchId: string;
  readonly #budget: SearchBudget;
  readonly #trials: Trial[];
  /** Of trials whose weights are kept. */
  #kept: Set<number>;
  #written = 0;

  constructor(library: Library, search: { readonly id: string; readonly plan: SearchPlan }, budget: SearchBudget) {
    this.plan = search.plan;
    this.#library = library;
    this.#searchId = search.id;
    this.#budget = budget;
    this.#trials = listTrials(library.db, search.id);
    this.#kept = new Set(listTrialWeights(library.db, search.id).map(({ number }) => number));
  }

  /** In the order of their beginning. */
  get trials(): readonly Trial[] {
    return this.#trials;
  }

  get best(): Trial | null {
    return bestTrial(this.plan, this.#trials);
  }

  /**
   * A trial that was interrupted is not part of what the next is chosen by: it is begun anew, by its number, as it would have been.
   * @returns it; null where none was
   */
  takeInterrupted(): Trial | null {
    const last = this.#trials.at(-1);
    return last?.state === 'interrupted' ? (this.#trials.pop() ?? null) : null;
  }

  begin(number: number, values: FieldValues): Trial {
    const trial: Trial = {
      ...{ number, state: 'running', values, curve: [], value: null, measures: {}, seconds: 0, error: null },
    };
    beginTrial(this.#library.db, this.#searchId, number, values);
    this.#trials.push(trial);
    return trial;
  }

  /** What the running trial has come to; written at once where it has ended. */
  keep(trial: Trial): void {
    this.#trials[this.#trials.length - 1] = trial;
    const now = performance.now();
    if (trial.state === 'running' && now - this.#written < EPOCH_MS) return;
    this.#written = now;
    keepTrial(this.#library.db, this.#searchId, trial, this.#budget.seconds());
  }

  /** The end of a trial. @param weights of its best epoch, where they were read */
  end(trial: Trial, weights: TrialWeights | null): void {
    this.keep(trial);
    if (weights && this.isCandidate(trial)) this.#keepWeights(weights);
    updateSearch(this.#library.db, this.#searchId, { best: this.best?.number ?? null });
  }

  /** Whether a trial may be one of those that answer together. */
  isCandidate({ number, value, state, measures }: Trial): boolean {
    const { together } = this.plan.finish;
    if (together < 2 || value === null || state === 'failed' || !keepsLimits(this.plan, { measures })) return false;
    const others = this.#trials.filter((other) => this.#kept.has(other.number) && other.number !== number);
    if (others.length < CANDIDATES * together) return true;
    return others.some((other) => other.value === null || isBetter(this.plan, value, other.value));
  }

  /** Weights of trials that can be among those that answer together. */
  candidates(): TrialWeights[] {
    return listTrialWeights(this.#library.db, this.#searchId);
  }

  #keepWeights(weights: TrialWeights): void {
    const { db } = this.#library;
    saveTrialWeights(db, this.#searchId, weights);
    const ranked = this.#trials
      .filter(({ number, value }) => value !== null && (this.#kept.has(number) || number === weights.number))
      .sort((a, b) =>
        isBetter(this.plan, a.value ?? 0, b.value ?? 0) ? -1 : a.value === b.value ? a.number - b.number : 1,
      )
      .slice(0, CANDIDATES * this.plan.finish.together);
    this.#kept = new Set(ranked.map(({ number }) => number));
    keepTrialWeightsOf(db, this.#searchId, [...this.#kept]);
  }
}
