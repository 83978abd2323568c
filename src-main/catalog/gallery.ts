/** The samples that are shown to choose from. */
import type { SampleDefinition } from './definitions';
import { samples } from './index';

/** In the order of their ranks, without those for tests. */
export function gallerySamples(): SampleDefinition[] {
  return samples.all.filter(({ hidden }) => !hidden).sort((one, other) => one.rank - other.rank);
}
