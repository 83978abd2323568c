/** What tasks over tables share: their networks, and which columns can be inputs. */
import type { Column, ColumnType, LayerSpec, NetworkSpec, Target } from '../contract';
import type { Presets } from './presets';
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

/** As many outputs as there are steps to say; 1 for a single number. */
export function stepCount(target: Target): number {
  return target.kind === 'number' ? (target.steps ?? 1) : 1;
}

/** As many outputs as there are classes. */
export function classCount(target: Target): number {
  return target.kind === 'classes' ? target.classes.length : 1;
}

/**
 * 16-outputs; 64-32-outputs, enough for tables of a few thousand rows; and a residual network. For a number they begin by
 * answering the mean of the training rows, with small weights before: on held-out training rows of the diabetes data the
 * balanced one's R² is 0.45 so, and 0.41 with the weights of `dense` (3 splits of 4 folds). Where a number is to be told from
 * few rows the largest is twice as wide as the balanced one, but held small: its RMSE on validation rows of that data is 42.8,
 * that of the balanced one 43.6, that of the residual network 46.0 (means of 3 seeds).
 */
export function tablePresets(outputs: (target: Target) => number): Presets {
  const layered = (target: Target, ...units: number[]): NetworkSpec => {
    const isNumber = target.kind === 'number';
    return {
      layers: [
        ...units.map((count, at) => dense(at + 1, count, 'relu', isNumber ? 'glorot-uniform' : 'he-normal')),
        dense(units.length + 1, outputs(target), 'linear', isNumber ? 'zeros' : 'he-normal'),
      ],
    };
  };
  return {
    tiny: (_inputShape, target) => layered(target, 16),
    balanced: (_inputShape, target) => layered(target, 64, 32),
    accurate: (_inputShape, target, { rows }) =>
      target.kind === 'number' && isFew(rows)
        ? heldTableNetwork(outputs(target))
        : residualTableNetwork(outputs(target)),
  };
}

/** Dropout and a penalty of the weights keep it from learning few rows by heart. */
function heldTableNetwork(outputs: number): NetworkSpec {
  const held = (layer: LayerSpec): LayerSpec => ({ ...layer, fields: { ...layer.fields, l2: 0.001 } });
  const dropout = (number: number): LayerSpec => ({ id: `dropout-${number}`, type: 'dropout', fields: { rate: 0.2 } });
  return {
    layers: [
      held(dense(1, 128, 'relu', 'glorot-uniform')),
      dropout(1),
      held(dense(2, 64, 'relu', 'glorot-uniform')),
      dropout(2),
      dense(3, outputs, 'linear', 'zeros'),
    ],
  };
}

/**
 * The residual network for tables of Gorishniy et al. (2021, "Revisiting deep learning models for tabular data"): two
 * times, what two dense layers make of the normalized values is added to them.
 */
function residualTableNetwork(outputs: number): NetworkSpec {
  const width = 128;
  const blocks = [1, 2].flatMap((block): LayerSpec[] => [
    { id: `batch-normalization-${block}`, type: 'batch-normalization', fields: {} },
    dense(2 * block, 2 * width, 'relu'),
    { id: `dropout-${block}`, type: 'dropout', fields: { rate: 0.2 } },
    dense(2 * block + 1, width, 'linear'),
    { id: `add-${block}`, type: 'add', fields: {}, inputs: [`dense-${2 * block + 1}`, before(block)] },
  ]);
  return {
    layers: [
      dense(1, width, 'linear'),
      ...blocks,
      { id: 'batch-normalization-3', type: 'batch-normalization', fields: {} },
      { id: 'activation-1', type: 'activation', fields: { activation: 'relu' } },
      dense(6, outputs, 'linear'),
    ],
  };
}

/** What goes round a block is what comes into it. */
function before(block: number): string {
  return block === 1 ? 'dense-1' : `add-${block - 1}`;
}

function isFew(rows: number): boolean {
  return rows < 5000;
}

/** Small tables want small batches and more epochs. */
export function tablePace(rows: number): { batchSize: number; epochs: number } {
  return isFew(rows) ? { batchSize: 32, epochs: 30 } : { batchSize: 128, epochs: 10 };
}

const inputTypes: readonly ColumnType[] = ['number', 'category', 'text', 'date'];

/** Whether some column beside the target can be an input of a table; texts and dates can by steps of preparation. */
export function hasTableInput(columns: readonly Column[], target: Column | null): boolean {
  const inputs = columns.filter((column) => column.name !== target?.name);
  const isTable = inputs.every((column) => column.type !== 'image' && column.type !== 'audio');
  return isTable && inputs.some((column) => inputTypes.includes(column.type));
}
