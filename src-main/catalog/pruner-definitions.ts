/** What a pruner is: the decision after an epoch whether a trial is worth going on with, beside what the others had by then. */
import type { Trial } from '../contract';
import type { Definition } from './definition-parts';
import type { Fields, ValuesOf } from './fields';

export interface PrunerRequest<F extends Fields = Fields> {
  /** The metric on validation rows after each epoch of the trial at hand. */
  readonly curve: readonly number[];
  /** All others. */
  readonly trials: readonly Trial[];
  readonly better: 'higher' | 'lower';
  /** How many epochs a whole trial takes. */
  readonly epochs: number;
  readonly fields: ValuesOf<F>;
}

export interface PrunerDefinition<F extends Fields = Fields> extends Definition {
  readonly fields: F;
  readonly goesOn: (request: PrunerRequest<F>) => boolean;
}
