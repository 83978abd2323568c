/** What tasks over tables share: their default network, and which columns can be inputs. */
import type { Column, ColumnType, LayerSpec, NetworkSpec } from '../contract';
import type { Initializer } from './weights';

/**
 * Flat layer lists get ids that count up, as the network screen gives them. Weights begin as He et al. (2015) advise for
 * ReLU: of the initializers, it did best on held-out training rows of the digits (`tools/bench/seed-network.mjs`).
 */
export function dense(
  number: number,
  units: number,
  activation: 'relu' | 'linear',
  initializer: Initializer = 'he-normal',
): LayerSpec {
  return { id: `dense-${number}`, type: 'dense', fields: { units, activation, initializer } };
}

/** 64-32-outputs, enough for tables of a few thousand rows. */
export function tableNetwork(outputs: number): NetworkSpec {
  return { layers: [dense(1, 64, 'relu'), dense(2, 32, 'relu'), dense(3, outputs, 'linear')] };
}

/**
 * The same for a number. It begins by answering the mean of the training rows, and its first weights are small: on held-out
 * training rows of the diabetes data R² is 0.45 so, and 0.41 with the weights of `dense` (3 splits of 4 folds).
 */
export function tableNumberNetwork(): NetworkSpec {
  return {
    layers: [
      dense(1, 64, 'relu', 'glorot-uniform'),
      dense(2, 32, 'relu', 'glorot-uniform'),
      dense(3, 1, 'linear', 'zeros'),
    ],
  };
}

/** Small tables want small batches and more epochs. */
export function tablePace(rows: number): { batchSize: number; epochs: number } {
  return rows < 5000 ? { batchSize: 32, epochs: 30 } : { batchSize: 128, epochs: 10 };
}

const inputTypes: readonly ColumnType[] = ['number', 'category', 'text', 'date'];

/** Whether some column beside the target can be an input of a table; texts and dates can by steps of preparation. */
export function hasTableInput(columns: readonly Column[], target: Column): boolean {
  const inputs = columns.filter((column) => column.name !== target.name);
  const isTable = inputs.every((column) => column.type !== 'image' && column.type !== 'audio');
  return isTable && inputs.some((column) => inputTypes.includes(column.type));
}
