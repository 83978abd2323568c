/**
 * What a sampler is: the choice of the next values to try, from all that was tried before. It keeps nothing between two calls,
 * and draws from the search's seed and the trial's number alone, so that a search that was interrupted goes on as it would have.
 */
import type { FieldValues, SearchParameter, Trial } from '../contract';
import type { Definition } from './definition-parts';
import type { Fields, ValuesOf } from './fields';

export interface SamplerRequest<F extends Fields = Fields> {
  readonly parameters: readonly SearchParameter[];
  /** Those that began before, in their order, running ones too. */
  readonly trials: readonly Trial[];
  /** Of the trial that is asked for, from 1. */
  readonly number: number;
  readonly seed: number;
  readonly better: 'higher' | 'lower';
  /** How many epochs a whole trial takes: values of shorter curves tell less. */
  readonly epochs: number;
  /** What is to be low too; null for the metric alone. */
  readonly second: 'parameters' | 'bytes' | 'latency' | null;
  /** Whether a trial keeps to the limits. */
  readonly fits: (trial: Trial) => boolean;
  readonly fields: ValuesOf<F>;
}

export interface SamplerDefinition<F extends Fields = Fields> extends Definition {
  readonly fields: F;
  /** @returns values by path, of the parameters whose condition holds; null where there is nothing left to try */
  readonly next: (request: SamplerRequest<F>) => FieldValues | null;
}
