/** What tests of hand-made graphs share: numbers to put in, and the graph opened by TensorFlow's binding. */
import { generator } from '../../catalog/random';
import type { TensorFlow } from '../tf';
import type { GraphWriter } from './graph-writer';
import type { BindingHolder } from './recorder';
import { GraphSession } from './session';

/** @returns `size` numbers between −scale and scale. */
export function noise(size: number, seed: number, scale = 1): Float32Array {
  const next = generator(seed);
  return Float32Array.from({ length: size }, () => (next() / 2 ** 31 - 1) * scale);
}

export function opened(tf: TensorFlow, graph: GraphWriter): GraphSession {
  return new GraphSession((tf.backend() as unknown as BindingHolder).binding, graph.nodes);
}
