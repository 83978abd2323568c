/** Numbers of the next steps from those before, such as passengers of the coming months: rows are steps in time. */
import { dataSource, type LayerSpec, type NetworkSpec } from '../../contract';
import type { TaskDefinition } from '../definitions';
import type { Presets } from '../presets';
import { startingSettings } from '../settings';
import { dense, stepCount } from '../task-parts';

/**
 * Outputs are what is added to the last season, or where no window shows it the last value, so that weights of 0 at first begin exactly there: a network
 * that learns nothing is no worse (Smyl 2020 builds on such a level too). On the window as it is, a straight line does
 * well (Zeng et al. 2023), hence one dense layer as the smallest.
 */
const presets: Presets = {
  tiny: (_inputShape, target) => ({ layers: [flatten, dense(1, stepCount(target), 'linear', 'zeros')] }),
  balanced: ([steps = 1], target, facts) =>
    isShort(facts)
      ? besideLine(stepCount(target), steps, { filters: 16, units: 16 })
      : {
          layers: [
            convolution(1, 16, steps),
            flatten,
            dropout(0.1),
            dense(1, 32, 'relu'),
            dense(2, stepCount(target), 'linear', 'zeros'),
          ],
        },
  accurate: ([steps = 1], target, facts) =>
    isShort(facts)
      ? besideLine(stepCount(target), steps, { filters: 32, units: 64 })
      : {
          layers: [
            { id: 'gru-1', type: 'gru', fields: { units: 64 } },
            dropout(0.1),
            dense(1, stepCount(target), 'linear', 'zeros'),
          ],
        },
};

export const definition: TaskDefinition = {
  id: 'series-forecasting',
  label: { en: 'Forecast a series', zh: '预测时间序列' },
  help: {
    en: 'Says the numbers of the next steps from those before, such as next year’s passengers month by month. Each row is one step in time.',
    zh: '根据之前的数预测接下来若干步的数，例如明年每个月的乘客数。每一行是一个时间步。',
  },
  glyph: 'chart-line',
  input: 'steps',
  fits: (columns, target) =>
    target.type === 'number' && columns.every(({ type }) => type !== 'image' && type !== 'audio'),
  target: 'number',
  isParticular: true,
  losses: ['mean-squared-error', 'mean-absolute-error'],
  metrics: ['mean-absolute-error', 'root-mean-squared-error'],
  presets,
  defaultNetwork: (inputShape, target, facts) =>
    presets[isShort(facts) ? 'tiny' : 'balanced'](inputShape, target, facts),
  defaultSettings(_target, rows) {
    const { patience, ...own } = pace(rows);
    const settings = startingSettings('mean-squared-error', own);
    return { ...settings, learningRate: 0.003, earlyStopping: { ...settings.earlyStopping, patience } };
  },
  outputs: stepCount,
  decode: (_tf, output) => output,
};

const flatten: LayerSpec = { id: 'flatten-1', type: 'flatten', fields: {} };

/**
 * What few windows may bend of a straight line: the line of the smallest network goes on growing beyond what was seen, as
 * passengers do, which layers with ReLU do not, and these are held so small that they do not learn the windows by heart.
 * Without the line validation errors of the airline sample were a fifth higher, with the line but no penalty half as high
 * again or twice. Its mean validation error of three seeds is 12.7 for the line alone, 12.6 with few units beside it and with
 * many, and 13.4 for a GRU, which learns the windows by heart within ten epochs.
 */
function besideLine(steps: number, window: number, size: { filters: number; units: number }): NetworkSpec {
  const held = ({ fields, ...layer }: LayerSpec): LayerSpec => ({ ...layer, fields: { ...fields, l2: PENALTY } });
  return {
    layers: [
      flatten,
      dense(1, steps, 'linear', 'zeros'),
      { ...held(convolution(1, size.filters, window)), inputs: [dataSource] },
      { ...flatten, id: 'flatten-2' },
      held(dense(2, size.units, 'relu')),
      dropout(0.1),
      held(dense(3, steps, 'linear', 'zeros')),
      { id: 'add-1', type: 'add', fields: {}, inputs: ['dense-1', 'dense-3'] },
    ],
  };
}

/** What Σ weight² counts beside the mean squared error, in variances of the series. */
const PENALTY = 0.01;

function dropout(rate: number): LayerSpec {
  return { id: 'dropout-1', type: 'dropout', fields: { rate } };
}

function convolution(number: number, filters: number, steps: number): LayerSpec {
  const fields = { filters, kernelSize: Math.min(5, steps), padding: 'causal', activation: 'relu' };
  return { id: `conv1d-${number}`, type: 'conv1d', fields };
}

/** A straight line is all that so few windows can tell. */
function isShort({ rows }: { readonly rows: number }): boolean {
  return rows < 1000;
}

/**
 * Short series have few windows: many epochs of small batches, which take milliseconds each, ended by the validation rows,
 * of which a few months alone rise and fall by chance (`tools/bench/tasks/series.mjs`).
 */
function pace(rows: number): { batchSize: number; epochs: number; patience: number } {
  if (isShort({ rows })) return { batchSize: 16, epochs: 600, patience: 200 };
  return rows < 20_000 ? { batchSize: 32, epochs: 60, patience: 10 } : { batchSize: 128, epochs: 15, patience: 5 };
}
