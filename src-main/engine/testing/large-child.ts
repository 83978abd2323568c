/** A process that makes 3 GB of tensors, then one that no machine has memory for, and says what came of it. */
import { loadTensorFlow } from '../tf';

const { tf } = await loadTensorFlow();
const kept = Array.from({ length: 10 }, (_, index) => tf.keep(tf.fill([75e6], index)));
const values = kept.map((tensor) => tensor.slice([74_999_999], [1]).dataSync()[0]);
let refusal: string | undefined;
try {
  tf.fill([1_000_000, 1_000_000], 1);
} catch (error) {
  refusal = /OOM when allocating/.exec(String(error))?.[0] ?? String(error);
}
process.stdout.write(JSON.stringify({ values, refusal }));
process.exit(0);
