/** What tasks over tables share: their default network, and which columns can be inputs. */
import type { Column, ColumnType, LayerSpec, NetworkSpec } from '../contract';

/**
 * Flat layer lists get ids that count up, as the network screen gives them. Weights begin as He et al. (2015) advise for
 * ReLU: of the initializers, it did best on held-out training rows of the digits (`tools/bench/seed-network.mjs`).
 */
export function dense(number: number, units: number, activation: 'relu' | 'linear'): LayerSpec {
  return { id: `dense-${number}`, type: 'dense', fields: { units, activation, initializer: 'he-normal' } };
}

/** 64-32-outputs, enough for tables of a few thousand rows. */
export function tableNetwork(outputs: number): NetworkSpec {
  return { layers: [dense(1, 64, 'relu'), dense(2, 32, 'relu'), dense(3, outputs, 'linear')] };
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
