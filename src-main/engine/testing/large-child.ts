/** A process that makes tensors of 300 MB until there is no memory for them, and says how many there were and why it ended. */
import { loadTensorFlow } from '../tf';

const { tf } = await loadTensorFlow();
let count = 0;
try {
  for (; count < 20; count++) tf.keep(tf.fill([75e6], count));
} catch (error) {
  process.stdout.write(`${count}: ${/OOM when allocating/.exec(String(error))?.[0] ?? String(error)}`);
}
process.exit(0);
