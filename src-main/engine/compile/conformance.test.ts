/**
 * Compiled equals eager for the whole catalog: 20 steps with every layer, loss and optimizer give the same losses, weights
 * and slots, within 1e-4 of the largest value (float32). Augmentations are there too; `augmentation.test.ts` has them all.
 *
 * Layers are chained to a few networks, those that join branches with a second branch of what comes before them. Each
 * network is trained with several losses, and losses and optimizers go round; an optimizer sees weights, not layers. Networks
 * that take what an augmentation changes go round those, and every other training has weights of rows. That enough of these
 * pairs are covered is a test of its own. What is added to a registry is covered without a change here.
 */
import { beforeAll, expect, test } from 'vitest';
import {
  augmentationFits,
  augmentations,
  layers,
  losses,
  metrics,
  optimizers,
  parseFields,
  type AugmentationDefinition,
  type LayerDefinition,
  type LossDefinition,
  type OptimizerDefinition,
} from '../../catalog';
import { generator } from '../../catalog/random';
import { dataSource, type FieldValues, type LayerSpec, type Shape } from '../../contract';
import { augmentationOf } from '../augment';
import { branchesOf, inputsLike } from '../branches.test-data';
import { buildModel } from '../build';
import { EagerStep, type StepOptions } from '../eager-step';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { fromBytes } from '../weights';
import { CompiledStep } from './compiled-step';
import type { BindingHolder } from './recorder';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
}, 60_000);

const rows = 24;
/**
 * Odd, as the last one is: the signs of absolute errors then never add up to nothing. Where half were above and half below,
 * the gradient of a bias near the output would be rounding alone, of which AMSGrad and its like make a whole step.
 */
const batchSize = 7;
/** An epoch's last batch is smaller. */
const lastBatch = 5;
const classes = 3;

interface Chain {
  readonly inputShape: Shape;
  readonly layers: LayerDefinition[];
  outputShape: Shape;
}

const mostLayers = 5;

/** Each layer once, put behind others that it fits; pictures are what the first layer of a chain takes if it can. */
function chainsOf(definitions: readonly LayerDefinition[]): Chain[] {
  const chains: Chain[] = [];
  for (const definition of definitions) {
    const place = chains.find(
      (chain) =>
        !definition.example.vocabulary &&
        chain.layers.length < mostLayers &&
        shapeAfter(definition, chain.outputShape) !== null,
    );
    const [input = []] = definition.example.inputs;
    const chain = place ?? { inputShape: input, layers: [], outputShape: input };
    if (!place) chains.push(chain);
    chain.layers.push(definition);
    chain.outputShape = shapeAfter(definition, chain.outputShape) ?? [];
  }
  return chains;
}

/** With the test's field values; null where the layer does not fit. */
function shapeAfter(definition: LayerDefinition, input: Shape): Shape | null {
  const values = parseFields(definition.fields, small(definition, true), definition.id);
  const shape = definition.outputShape(values, inputsLike(definition, input));
  return 'problem' in shape ? null : shape;
}

/**
 * Few units, so that the suite is quick; smooth activations, so that a rounding does not become another branch.
 * @param goesOn whether another layer may follow: a recurrent one then gives all its steps.
 */
function small({ fields, example: { vocabulary } }: LayerDefinition, goesOn: boolean): FieldValues {
  return {
    ...('units' in fields ? { units: 5 } : {}),
    ...(vocabulary ? { vocabulary, features: 4 } : {}),
    ...('headSize' in fields ? { heads: 2, headSize: 3 } : {}),
    ...('feedForward' in fields ? { feedForward: 8 } : {}),
    ...('filters' in fields ? { filters: 3 } : {}),
    ...('activation' in fields ? { activation: 'tanh' } : {}),
    ...('everyStep' in fields ? { everyStep: goesOn } : {}),
  };
}

/** Pretrained layers are too large for every pair: `pretrained.test.ts` compiles them. */
const fromScratch = layers.all.filter(({ pretrained }) => !pretrained);
const chains = chainsOf(fromScratch);
const isPicture = ({ inputShape }: Chain) => inputShape.length === 3;

/** Codes below this are what the chain's first layer looks up; 0 where it takes any numbers. */
const vocabularyOf = ({ layers: [first] }: Chain) => first?.example.vocabulary ?? 0;

interface Training {
  readonly chain: Chain;
  readonly optimizer: OptimizerDefinition;
  readonly loss: LossDefinition;
  readonly augmentation: AugmentationDefinition | null;
  readonly weighted: boolean;
}

const around = <T>(all: readonly T[], place: number): T => all[place % all.length]!;

/** Losses that each chain is trained with: a loss has nothing to do with the kinds of layers before the last. */
const lossesEach = 3;
/** Next augmentation to be had, by what the chains take. */
const next = { picture: 0, table: 0 };
const trainings = chains.flatMap((chain, row) => {
  // Codes are nothing that could be given back.
  const possible = losses.all.filter(({ target }) => target !== 'reconstruction' || vocabularyOf(chain) === 0);
  return Array.from({ length: lossesEach }, (_, column): Training => {
    const place = row * lossesEach + column;
    const input = isPicture(chain) ? 'picture' : 'table';
    const fitting = augmentations.all.filter((augmentation) => augmentationFits(augmentation, input));
    // Every other table is left as it is, and codes are.
    const isAugmented = vocabularyOf(chain) === 0 && (input === 'picture' || column % 2 === 0);
    return {
      chain,
      // The next one whenever the losses begin anew: however many there are of both, each loss meets all in turn.
      optimizer: around(optimizers.all, (place % losses.all.length) + Math.floor(place / losses.all.length)),
      loss: around(possible, place),
      augmentation: isAugmented ? around(fitting, next[input]++) : null,
      weighted: place % 2 === 0,
    };
  });
});

test('every layer meets several losses, every loss most optimizers', () => {
  const partners = (of: (training: Training) => readonly string[], other: (training: Training) => string, id: string) =>
    new Set(trainings.filter((training) => of(training).includes(id)).map(other)).size;
  for (const { id } of fromScratch)
    expect(
      partners(
        ({ chain }) => chain.layers.map((layer) => layer.id),
        ({ loss }) => loss.id,
        id,
      ),
      id,
    ).toBeGreaterThan(1);
  for (const { id } of losses.all)
    expect(
      partners(
        ({ loss }) => [loss.id],
        ({ optimizer }) => optimizer.id,
        id,
      ),
      id,
    ).toBeGreaterThan(optimizers.all.length / 2);
});

/** The layers of a chain; what one joins with the one before it is that one's output, bent in another way. */
function specsOf(chain: Chain): LayerSpec[] {
  let shape = chain.inputShape;
  return chain.layers.flatMap((layer, index) => {
    const before = index === 0 ? dataSource : `tested-${index - 1}`;
    const { layers: others, ids } = branchesOf(layer, before, shape, `branch-${index}`);
    shape = shapeAfter(layer, shape) ?? [];
    const fields = small(layer, index < chain.layers.length - 1);
    return [...others, { id: `tested-${index}`, type: layer.id, fields, inputs: [before, ...ids] }];
  });
}

const sizeOf = (shape: Shape) => shape.reduce((product, side) => product * side, 1);

function optionsOf({ chain, optimizer, loss, augmentation, weighted }: Training): StepOptions {
  const next = generator(11);
  const draw = () => next() / 2 ** 32;
  const { inputShape } = chain;
  const isReconstructed = loss.target === 'reconstruction';
  const outputs = isReconstructed ? sizeOf(inputShape) : loss.target === 'classes' ? classes : 1;
  // What is given back has values from 0 to 1, as a sigmoid does.
  const activation = isReconstructed ? 'sigmoid' : 'linear';
  const specs: LayerSpec[] = [
    ...specsOf(chain),
    { id: 'flatten-end', type: 'flatten', fields: {} },
    { id: 'dense-end', type: 'dense', fields: { units: outputs, activation, l1: 1e-3, l2: 1e-3 } },
  ];
  const targetScale = { mean: 0, standardDeviation: 1 };
  return {
    tf,
    model: buildModel(tf, { layers: specs }, inputShape, outputs, 1),
    data: {
      inputShape,
      inputs: Uint8Array.from({ length: rows * sizeOf(inputShape) }, () => draw() * (vocabularyOf(chain) || 256)),
      scale: vocabularyOf(chain) > 0 ? 1 : 1 / 255,
      targets:
        loss.target === 'classes'
          ? Int32Array.from({ length: rows }, () => draw() * classes)
          : Float32Array.from({ length: rows }, () => draw() * 2 - 1),
      targetScale,
      isReconstructed,
      ...(weighted ? { weights: Float32Array.from({ length: rows }, () => 2 * draw()) } : {}),
    },
    loss,
    metrics: metrics.all.filter((metric) => metric.target === loss.target),
    targetScale,
    optimizer: { definition: optimizer, fields: {} },
    learningRate: optimizer.defaultLearningRate,
    augmentation: augmentationOf({
      augmentation: augmentation ? [{ type: augmentation.id, fields: {} }] : [],
      seed: 5,
    }),
  };
}

const nameOf = ({ chain, optimizer, loss, augmentation, weighted }: Training) =>
  [...chain.layers, loss, optimizer, ...(augmentation ? [augmentation] : [])].map(({ id }) => id).join(', ') +
  (weighted ? ', weighted' : '');

test.each(trainings.map((training) => [nameOf(training), training] as const))(
  '%s',
  async (_name, training) => {
    const options = optionsOf(training);
    const eager = new EagerStep(options);
    const compiled = new CompiledStep(optionsOf(training), tf.backend() as unknown as BindingHolder, [
      batchSize,
      lastBatch,
    ]);
    // The largest value that each tensor had on the way: a running mean of gradients passes through zero.
    const scales: number[] = [];
    for (let step = 0; step < 20; step++) {
      // Smaller ones far enough apart that short steps are also done several in one call.
      const size = step === 3 || step === 19 ? lastBatch : batchSize;
      const batch = Int32Array.from({ length: size }, (_, i) => (step * batchSize + i) % rows);
      eager.train(batch);
      compiled.train(batch);
      if (step % 5 !== 4) continue;
      const { tensors, manifest } = await eager.readState();
      fromBytes(tensors, manifest).forEach((values, i) => {
        scales[i] = Math.max(...values.map(Math.abs), scales[i] ?? 1e-3);
      });
    }
    const [trained, expected] = [compiled.takeSums(), eager.takeSums()];
    const apart = expected.steps.map(({ loss }, i) => Math.abs((trained.steps[i]?.loss ?? NaN) / loss - 1));
    expect(Math.max(...apart)).toBeLessThan(1e-4);
    const [state, reference] = [await compiled.readState(), await eager.readState()];
    expect(state.manifest).toEqual(reference.manifest);
    const [found, wanted] = [state, reference].map(({ tensors, manifest }) => fromBytes(tensors, manifest));
    wanted?.forEach((values, i) => {
      const difference = Math.max(...values.map((value, j) => Math.abs(value - (found?.[i]?.[j] ?? NaN))));
      expect(difference / (scales[i] ?? NaN), state.manifest[i]?.name).toBeLessThan(1e-4);
    });
    eager.dispose();
    compiled.dispose();
  },
  120_000,
);
