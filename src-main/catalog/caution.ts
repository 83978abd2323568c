/** All that is to be said of a training before its start. */
import type { Caution, TrainingFacts } from './caution-definitions';
import { cautions } from './index';

export function cautionsFor(facts: TrainingFacts): (Caution & { readonly id: string })[] {
  return cautions.all
    .toSorted((one, other) => one.rank - other.rank)
    .flatMap(({ id, check }) => {
      const caution = check(facts);
      return caution ? [{ id, ...caution }] : [];
    });
}
