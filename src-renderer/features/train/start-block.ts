/** Why a training can't be started now, and where to go to mend it. */
import type { CheckedNetwork } from '../../../src-main/catalog';
import type { NetworkSpec, WireError } from '../../../src-main/contract';
import type { Screen } from '../../state/navigation.svelte';

export interface StartBlock {
  readonly reason: 'no-target' | 'data-problem' | 'no-network' | 'network-problem' | 'reading';
  /** The screen that mends it; null where one only has to wait. */
  readonly screen: Screen | null;
}

export interface StartFacts {
  readonly hasSetup: boolean;
  readonly descriptionError: WireError | null;
  readonly network: NetworkSpec | null;
  readonly checked: CheckedNetwork | null;
}

/** The first thing that stands in the way, in the order of the life cycle; null if nothing does. */
export function startBlock({ hasSetup, descriptionError, network, checked }: StartFacts): StartBlock | null {
  if (!hasSetup) return { reason: 'no-target', screen: 'data' };
  if (descriptionError) return { reason: 'data-problem', screen: 'data' };
  if (!network || network.layers.length === 0) return { reason: 'no-network', screen: 'network' };
  if (!checked) return { reason: 'reading', screen: null };
  return checked.valid ? null : { reason: 'network-problem', screen: 'network' };
}
