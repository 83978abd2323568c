/** What every kind of definition has, and what builds with TensorFlow is handed. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Text } from '../contract';

export type TensorFlow = typeof tensorflow;

export interface Definition {
  /** Unique within its kind, kebab-case; stored in libraries, so never renamed. */
  readonly id: string;
  readonly label: Text;
  /** What it does, in words for someone who has not met it. */
  readonly help: Text;
}
