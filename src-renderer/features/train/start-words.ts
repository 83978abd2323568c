/** The words for what stands in the way of a start. */
import { m } from '../../i18n';
import type { StartBlock } from './start-block';

const words: Record<StartBlock['reason'], () => string> = {
  'no-target': m.train_block_target,
  'data-problem': m.train_block_data,
  'no-network': m.train_block_empty,
  'network-problem': m.train_block_network,
  reading: m.train_block_reading,
};

export function startBlockWords(block: StartBlock): string {
  return words[block.reason]();
}
