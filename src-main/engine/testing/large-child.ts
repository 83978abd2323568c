/** A process that fills more than 2 GB with tensors of 300 MB, as a large network's steps do, and says how many there were. */
import { loadTensorFlow } from '../tf';

const { tf, backend } = await loadTensorFlow();
const tensors = Array.from({ length: 8 }, () => tf.fill([75e6], 1));
process.stdout.write(`${backend}: ${tensors.length}`);
process.exit(0);
