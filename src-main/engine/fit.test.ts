/** The loop on a small real network: repeats by its seed, resumes exactly, counts exactly, stops where it should. */
import { beforeAll, describe, expect, test } from 'vitest';
import { losses, metrics, optimizers, startingSettings } from '../catalog';
import { CodedError, type NetworkSpec, type TrainingSettings } from '../contract';
import { generator } from '../catalog/random';
import { buildModel } from './build';
import { EagerStep } from './eager-step';
import { fit, type FitOptions } from './fit';
import { beginning, type EpochReport, type FitPosition } from './fit-reports';
import { FitControl } from './fit-control';
import { shuffled } from './random';
import type { StepState } from './step';
import { loadTensorFlow, type TensorFlow } from './tf';
import type { Parts, TrainingData } from './training-data';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const network: NetworkSpec = {
  layers: [
    { id: 'dense-1', type: 'dense', fields: { units: 16, l2: 0.001 } },
    { id: 'batch-normalization-1', type: 'batch-normalization', fields: {} },
    { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
    { id: 'dense-2', type: 'dense', fields: { units: 3, activation: 'linear' } },
  ],
};

/** 230 rows of 4 numbers; the class is the index of the largest of the first three. */
function makeData(): { data: TrainingData; parts: Parts } {
  const next = generator(7);
  const inputs = Float32Array.from({ length: 230 * 4 }, () => next() / 2 ** 31 - 1);
  const targets = Int32Array.from({ length: 230 }, (_, row) => {
    const values = Array.from(inputs.subarray(row * 4, row * 4 + 3));
    return values.indexOf(Math.max(...values));
  });
  const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    data: { inputShape: [4], inputs, scale: 1, targets, targetScale: { mean: 0, standardDeviation: 1 } },
    parts: { training: rows(0, 150), validation: rows(150, 190), test: rows(190, 230) },
  };
}

const base = startingSettings('cross-entropy', { batchSize: 32, epochs: 4 });
const everyOptimizer = optimizers.all.map(({ id }) => id);
const never = { enabled: false, patience: 1, restoreBest: true };

function makeStep(settings: TrainingSettings, spec = network) {
  const { data } = makeData();
  const model = buildModel(tf, spec, [4], 3, settings.seed);
  const optimizer = { definition: optimizers.get(settings.optimizer.type), fields: settings.optimizer.fields };
  const measures = { loss: losses.get(settings.loss), metrics: [metrics.get('accuracy')] };
  const { learningRate } = settings;
  return new EagerStep({ tf, model, data, optimizer, learningRate, targetScale: data.targetScale, ...measures });
}

function options(step: EagerStep, settings: TrainingSettings, more: Partial<FitOptions> = {}): FitOptions {
  const control = new FitControl();
  return { step, parts: makeData().parts, settings, metrics: [metrics.get('accuracy')], control, ...more };
}

async function run(settings: TrainingSettings, from?: { state: StepState; position: FitPosition }) {
  const step = makeStep(settings);
  if (from) step.writeState(from.state);
  const reports: EpochReport[] = [];
  const start = from?.position ?? beginning;
  const end = await fit(options(step, settings, { start, onEpoch: (report) => void reports.push(report) }));
  const state = await step.readState();
  step.dispose();
  return { end, reports, state, values: reports.map(({ epoch }) => epoch.metrics) };
}

describe('order of rows', () => {
  test('follows from seed and epoch, and keeps every row', () => {
    const rows = Int32Array.from({ length: 1000 }, (_, i) => i);
    expect(shuffled(rows, 1, 1)).toEqual(shuffled(rows, 1, 1));
    expect(shuffled(rows, 1, 1)).not.toEqual(shuffled(rows, 1, 2));
    expect(shuffled(rows, 1, 1)).not.toEqual(shuffled(rows, 2, 1));
    expect(Int32Array.from(shuffled(rows, 1, 1)).sort()).toEqual(rows);
  });
});

describe('a run', () => {
  test.each(everyOptimizer)('with %s is repeated by its seed and differs with another', async (type) => {
    const settings = { ...base, earlyStopping: never, optimizer: { type, fields: {} } };
    const [one, same, other] = [await run(settings), await run(settings), await run({ ...settings, seed: 2 })];
    expect(same.values).toEqual(one.values);
    expect(Buffer.compare(same.state.tensors, one.state.tensors)).toBe(0);
    expect(other.values).not.toEqual(one.values);
  });

  test.each(everyOptimizer)('with %s goes on exactly: 2 + 2 epochs are 4, bit by bit', async (type) => {
    const fields: TrainingSettings['optimizer']['fields'] = type === 'rmsprop' ? { momentum: 0.5 } : {};
    const settings = { ...base, earlyStopping: never, optimizer: { type, fields } };
    const whole = await run(settings);
    const half = await run({ ...settings, epochs: 2 });
    const rest = await run(settings, { state: half.state, position: half.end.position });
    expect([...half.values, ...rest.values]).toEqual(whole.values);
    expect(rest.end.position).toEqual(whole.end.position);
    expect(Buffer.compare(rest.state.tensors, whole.state.tensors)).toBe(0);
  });

  test.each(['one-cycle', 'plateau'])(
    'with the schedule %s goes on exactly, and differs from a constant rate',
    async (type) => {
      const fields: TrainingSettings['schedule']['fields'] = type === 'plateau' ? { patience: 1 } : {};
      const settings = { ...base, epochs: 6, learningRate: 0.1, earlyStopping: never, schedule: { type, fields } };
      const whole = await run(settings);
      const positions: { state: StepState; position: FitPosition }[] = [];
      const step = makeStep(settings);
      const onEpoch = async ({ position }: EpochReport) =>
        void positions.push({ position, state: await step.readState() });
      await fit(options(step, settings, { onEpoch }));
      step.dispose();
      const rest = await run(settings, positions[2]);
      expect(rest.end.position).toEqual(whole.end.position);
      expect(Buffer.compare(rest.state.tensors, whole.state.tensors)).toBe(0);
      if (type === 'plateau') expect(whole.end.position.scheduleMemory['reductions']).toBeGreaterThan(0);
      const constant = await run({ ...settings, schedule: base.schedule });
      expect(Buffer.compare(constant.state.tensors, whole.state.tensors)).not.toBe(0);
    },
  );

  test('counts the smaller last batch exactly', async () => {
    const frozen = { ...base, epochs: 1, learningRate: 1e-7, optimizer: { type: 'sgd', fields: { momentum: 0 } } };
    const plain: NetworkSpec = {
      layers: [{ id: 'dense-1', type: 'dense', fields: { units: 3, activation: 'linear' } }],
    };
    const step = makeStep(frozen, plain);
    const { parts } = makeData();
    // 150 rows in batches of 32: the last has 22. Weights hardly move, so the epoch's mean is that of all rows at once.
    const whole = step.evaluate(parts.training);
    let epoch: EpochReport | undefined;
    await fit(options(step, frozen, { onEpoch: (report) => void (epoch = report) }));
    expect(epoch?.epoch.metrics['loss']).toBeCloseTo(whole.loss / 150, 5);
    expect(epoch?.epoch.metrics['accuracy']).toBeCloseTo((whole.metrics[0] ?? NaN) / 150, 6);
    expect(epoch?.batches.map(({ step: at }) => at)).toEqual([1, 2, 3, 4, 5]);
    step.dispose();
  });

  test('keeps the number of tensors constant from epoch to epoch, and none after its end', async () => {
    const before = tf.memory().numTensors;
    const step = makeStep(base);
    const counts: number[] = [];
    await fit(
      options(step, { ...base, measureTest: true }, { onEpoch: () => void counts.push(tf.memory().numTensors) }),
    );
    expect(new Set(counts).size).toBe(1);
    step.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('learns, and L2 counts in the loss', async () => {
    const { values } = await run({ ...base, epochs: 25, learningRate: 0.01, earlyStopping: never });
    expect(values.at(-1)?.['validation.accuracy']).toBeGreaterThan(0.8);
    const plain = structuredClone(network);
    plain.layers[0]!.fields = { units: 16, l2: 0 };
    const [heavy, light] = [makeStep(base), makeStep(base, plain)];
    const rows = makeData().parts.test;
    const kernel = new Float32Array((await heavy.readWeights()).weights.buffer).slice(0, 4 * 16);
    // The same first weights, so the two differ by 0.001 · Σw² per example alone.
    const penalty = 0.001 * kernel.reduce((sum, weight) => sum + weight ** 2, 0);
    const difference = heavy.evaluate(rows).loss - light.evaluate(rows).loss;
    expect(difference / rows.length).toBeCloseTo(penalty, 5);
    heavy.dispose();
    light.dispose();
  });
});

describe('the end', () => {
  test('early stopping waits for its patience and keeps the best epoch', async () => {
    const settings = {
      ...base,
      epochs: 500,
      learningRate: 0.05,
      earlyStopping: { ...never, enabled: true, patience: 3 },
    };
    const { end, reports } = await run(settings);
    expect(end.reason).toBe('early');
    expect(end.position.waited).toBe(3);
    const best = Math.max(...reports.map(({ epoch }) => epoch.metrics['validation.accuracy'] ?? 0));
    expect(end.position.best).toMatchObject({ metric: 'validation.accuracy', value: best });
  });

  test('patience waits for any measure, in its own direction, and for a change that is large enough', async () => {
    const patience = { enabled: true, patience: 3, restoreBest: true };
    const settings = { ...base, epochs: 60, learningRate: 0.05, earlyStopping: patience };
    const series = async (watch: TrainingSettings['watch']) => {
      const { end, reports } = await run({ ...settings, watch });
      return { end, values: (name: string) => reports.map(({ epoch }) => epoch.metrics[name] ?? NaN) };
    };
    /** Epochs until `patience` of them in a row gained less than the least over the best that counted. */
    const expected = (values: number[], sign: 1 | -1, least: number) => {
      let [counted, waited] = [-Infinity, 0];
      for (const [index, value] of values.entries()) {
        const gain = sign * value - counted;
        const counts = least > 0 ? gain >= least : gain > 0;
        [counted, waited] = counts ? [sign * value, 0] : [counted, waited + 1];
        if (waited === patience.patience) return index + 1;
      }
      return values.length;
    };
    const accuracy = await series({ stopping: 'accuracy', best: 'loss', minimumChange: 0 });
    expect(accuracy.end).toMatchObject({ reason: 'early', watchedMetric: 'validation.accuracy' });
    expect(accuracy.end.position.epoch).toBe(expected(accuracy.values('validation.accuracy'), 1, 0));
    const lowest = Math.min(...accuracy.values('validation.loss'));
    expect(accuracy.end.position.best).toMatchObject({ metric: 'validation.loss', value: lowest });
    const coarse = await series({ stopping: 'loss', best: 'main', minimumChange: 0.1 });
    expect(coarse.end.position.epoch).toBe(expected(coarse.values('validation.loss'), -1, 0.1));
    const fine = await series({ stopping: 'loss', best: 'main', minimumChange: 0 });
    expect(fine.end.position.epoch).toBe(expected(fine.values('validation.loss'), -1, 0));
    expect(coarse.end.position.epoch).toBeLessThan(fine.end.position.epoch);
    expect(fine.end.position.best?.metric).toBe('validation.accuracy');
    await expect(series({ stopping: 'beauty', best: 'main', minimumChange: 0 })).rejects.toMatchObject({
      code: 'definition-unknown',
    });
  });

  test.each([
    ['before an epoch is complete', 100, 'loss-not-finite-first-epoch'],
    ['later', 3, 'loss-not-finite'],
  ])('a loss that is not finite %s stops the run at its step', async (_when, learningRate, code) => {
    // The decay multiplies weights by 1 − rate at each step.
    const optimizer = { type: 'sgd', fields: { momentum: 0, weightDecay: 1 } };
    const settings = { ...base, learningRate, optimizer, epochs: 50, earlyStopping: never };
    const layers = ['dense-1', 'dense-2', 'dense-3'].map((id, index) => ({
      id,
      type: 'dense',
      fields: { units: index === 2 ? 3 : 16, activation: 'linear' },
    }));
    const step = makeStep(settings, { layers });
    let epochs = 0;
    const failure = await fit(options(step, settings, { onEpoch: () => void (epochs += 1) })).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(CodedError);
    expect(failure).toMatchObject({ code, parameters: { learningRate, epoch: epochs + 1 } });
    expect(epochs > 0).toBe(code === 'loss-not-finite');
    step.dispose();
  });

  test('a loss that is not finite before any step names the data, not the learning rate', async () => {
    const step = makeStep(base);
    const state = await step.readState();
    const broken = Float32Array.from({ length: state.tensors.byteLength / 4 }, () => NaN);
    step.writeState({ ...state, tensors: new Uint8Array(broken.buffer) });
    await expect(fit(options(step, base))).rejects.toMatchObject({
      code: 'loss-not-finite-at-start',
      parameters: { step: 1 },
    });
    step.dispose();
  });

  test('without validation rows, weights that are not finite are noticed before the epoch is kept', async () => {
    // One step an epoch: its loss is measured before the update that breaks the weights.
    const settings = { ...base, batchSize: 150, learningRate: 1e39, earlyStopping: never };
    const optimizer = { type: 'sgd', fields: { momentum: 0 } };
    const step = makeStep({ ...settings, optimizer });
    const parts = { ...makeData().parts, validation: new Int32Array() };
    let epochs = 0;
    await expect(
      fit(options(step, { ...settings, optimizer }, { parts, onEpoch: () => void (epochs += 1) })),
    ).rejects.toMatchObject({ code: 'loss-not-finite-first-epoch' });
    expect(epochs).toBe(0);
    step.dispose();
  });

  test.each(['pause', 'stop'] as const)(
    '%s takes effect within 200 ms, state kept, where a step takes 100',
    async (command) => {
      const step = makeStep(base);
      const train = step.train.bind(step);
      let asked = 0;
      const delays: number[] = [];
      const control = new FitControl(undefined, (paused) => {
        if (!paused) return;
        delays.push(performance.now() - asked);
        setImmediate(() => (delays.length < 5 ? control.resume() : control.stop()));
      });
      let steps = 0;
      step.train = (...given) => {
        train(...given);
        // Asked for in the first moments of a step, as a message that waits until the step is over.
        if (steps++ % 3 === 1) {
          asked = performance.now() + 5;
          setTimeout(() => control[command](), 5);
        }
        const until = performance.now() + 100;
        while (performance.now() < until);
      };
      const states: StepState[] = [];
      const onPart = async () => void states.push(await step.readState());
      const end = await fit(options(step, { ...base, epochs: 1000, earlyStopping: never }, { control, onPart }));
      if (command === 'stop') delays.push(performance.now() - asked);
      expect(end.reason).toBe('stopped');
      expect(Math.max(...delays)).toBeLessThan(200);
      expect(delays).toHaveLength(command === 'stop' ? 1 : 5);
      expect(states.at(-1)?.step).toBe(step.step);
      step.dispose();
    },
  );

  test('pause waits, resume goes on, stop ends within 200 ms, cancel throws', async () => {
    const settings = { ...base, epochs: 100000, earlyStopping: never };
    const states: boolean[] = [];
    const abort = new AbortController();
    const control = new FitControl(abort.signal, (paused) => {
      states.push(paused);
      if (paused) setImmediate(() => control.resume());
    });
    const step = makeStep(settings);
    let stoppedAt = 0;
    const end = await fit(
      options(step, settings, {
        control,
        onEpoch({ epoch }) {
          if (epoch.epoch === 1) control.pause();
          if (epoch.epoch === 3) setImmediate(() => ((stoppedAt = performance.now()), control.stop()));
        },
      }),
    );
    expect(performance.now() - stoppedAt).toBeLessThan(200);
    expect(end.reason).toBe('stopped');
    expect(states).toEqual([true, false]);
    const cancelled = new FitControl(abort.signal);
    setImmediate(() => abort.abort(new CodedError('job-cancelled')));
    await expect(fit(options(step, settings, { control: cancelled }))).rejects.toMatchObject({ code: 'job-cancelled' });
    step.dispose();
  });
});
