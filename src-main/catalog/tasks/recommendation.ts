/** Ratings: how a user would rate an item, and which items to recommend to them. */
import type { LayerSpec, NetworkSpec } from '../../contract';
import type { TaskDefinition } from '../definitions';
import type { DataFacts, Presets } from '../presets';
import { itemColumn, ratingChoices, userColumn } from '../ratings-input';
import { startingSettings } from '../settings';
import { dense, tablePresets } from '../task-parts';

const outputs = () => 1;
/** For ratings whose columns were given steps that make no codes. */
const onNumbers = tablePresets(outputs);

const presets: Presets = {
  tiny: ([steps = 2], target, data) =>
    data.codes === null
      ? onNumbers.tiny([steps], target, data)
      : {
          layers: [
            embedding(data.codes, data, 9, 8),
            ...pair(steps),
            { id: 'factorization-1', type: 'factorization', fields: {} },
          ],
        },
  balanced: ([steps = 2], target, data) =>
    data.codes === null ? onNumbers.balanced([steps], target, data) : collaborative(steps, data.codes, data),
  accurate: ([steps = 2], target, data) =>
    data.codes === null ? onNumbers.accurate([steps], target, data) : hybrid(steps, data.codes, data),
};

export const definition: TaskDefinition = {
  id: 'recommendation',
  label: { en: 'Recommend items', zh: '推荐物品' },
  help: {
    en: 'Estimates how a user would rate each item and recommends the best ones, from ratings and what is known of users and items.',
    zh: '根据已有评分以及用户和物品的信息，估计用户会给每个物品打几分，并推荐最合适的。',
  },
  glyph: 'star',
  input: 'ratings',
  fits(columns, target) {
    const [user, item] = [userColumn(columns), itemColumn(columns)];
    return target.type === 'number' && user !== undefined && item !== undefined && user !== target && item !== target;
  },
  target: 'number',
  losses: ['mean-squared-error', 'mean-absolute-error'],
  metrics: ['root-mean-squared-error', 'mean-absolute-error'],
  startingTypes: (columns, target) => ratingChoices(columns, target).types,
  startingSteps: (columns, target) => ratingChoices(columns, target).steps,
  presets,
  // What is known of users and items beside their ratings is used where there is some.
  defaultNetwork: ([steps = 2], ...data) => (steps > 2 ? presets.accurate : presets.balanced)([steps], ...data),
  defaultSettings: (_target, rows) => {
    const start = startingSettings('mean-squared-error', { batchSize: rows < 20_000 ? 64 : 256, epochs: 60 });
    // The loss holds the penalty of the embedding, which grows while ratings are predicted ever better.
    return { ...start, watch: { ...start.watch, stopping: 'root-mean-squared-error' } };
  },
  outputs,
  decode: (_tf, output) => output,
};

/**
 * A learnt row for each code, held small, the more the fewer ratings there are.
 * @param holding what Σ weight² counts beside the squared errors of all ratings, after those that did well on
 *   MovieLens 100k.
 */
function embedding(codes: number, { rows }: DataFacts, features: number, holding: number): LayerSpec {
  const l2 = Number((holding / Math.max(rows, 1000)).toPrecision(2));
  return { id: 'embedding-1', type: 'embedding', fields: { vocabulary: codes, features, l2 } };
}

/** The rows of the user and the item alone, where there are others. */
function pair(steps: number): LayerSpec[] {
  return steps > 2 ? [{ id: 'take-steps-1', type: 'take-steps', fields: { first: 1, count: 2 } }] : [];
}

/**
 * Neural collaborative filtering (He et al. 2017): matrix factorization, to which layers that see the rows of user and item
 * side by side add what it misses. What is known of them beside their ratings is left out.
 */
function collaborative(steps: number, codes: number, data: DataFacts): NetworkSpec {
  const both = steps > 2 ? 'take-steps-1' : 'embedding-1';
  return {
    layers: [
      embedding(codes, data, 17, 20),
      ...pair(steps),
      { id: 'factorization-1', type: 'factorization', fields: {} },
      { id: 'flatten-1', type: 'flatten', fields: {}, inputs: [both] },
      { id: 'dropout-1', type: 'dropout', fields: { rate: 0.2 } },
      dense(1, 32, 'relu'),
      dense(2, 1, 'linear', 'zeros'),
      { id: 'add-1', type: 'add', fields: {}, inputs: ['factorization-1', 'dense-2'] },
    ],
  };
}

/**
 * A factorization machine over all codes with layers beside it (DeepFM, Guo et al. 2017): features of users and items say
 * something also of those that nobody has rated.
 */
function hybrid(steps: number, codes: number, data: DataFacts): NetworkSpec {
  const features: LayerSpec[] = [
    { id: 'take-steps-2', type: 'take-steps', fields: { first: 3, count: steps - 2 }, inputs: ['embedding-1'] },
    { id: 'global-average-pooling1d-1', type: 'global-average-pooling1d', fields: {} },
    { id: 'concatenate-1', type: 'concatenate', fields: {}, inputs: ['flatten-1', 'global-average-pooling1d-1'] },
  ];
  return {
    layers: [
      embedding(codes, data, 25, 20),
      { id: 'factorization-1', type: 'factorization', fields: {} },
      ...pair(steps).map((layer) => ({ ...layer, inputs: ['embedding-1'] })),
      { id: 'flatten-1', type: 'flatten', fields: {}, ...(steps > 2 ? {} : { inputs: ['embedding-1'] }) },
      ...(steps > 2 ? features : []),
      { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
      dense(1, 64, 'relu'),
      dense(2, 32, 'relu'),
      dense(3, 1, 'linear', 'zeros'),
      { id: 'add-1', type: 'add', fields: {}, inputs: ['factorization-1', 'dense-3'] },
    ],
  };
}
