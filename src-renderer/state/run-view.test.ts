/** Re-attaching: wherever the window reads the history and attaches, it ends with the same run. */
import { describe, expect, test } from 'vitest';
import { noTimes, settingDefaults, type LiveEvent, type Run, type RunHistory } from '../../src-main/contract';
import { applyLive, viewOfHistory, type RunView } from './run-view';

const run: Run = {
  id: 'r1',
  projectId: 'p1',
  name: 'calm-otter',
  note: '',
  state: 'running',
  data: {
    versionId: 'v1',
    task: 'image-classification',
    target: 'digit',
    types: {},
    split: { kind: 'given', seed: 1, validation: 0.1, stratified: true },
  },
  datasetName: 'Digits',
  network: { layers: [] },
  settings: {
    loss: 'cross-entropy',
    optimizer: { type: 'adam', fields: {} },
    learningRate: 0.001,
    batchSize: 128,
    epochs: 3,
    earlyStopping: { enabled: false, patience: 3, restoreBest: true },
    seed: 1,
    measureTest: false,
    ...settingDefaults,
  },
  backend: 'tensorflow-cpu',
  parameterCount: 10,
  engine: null,
  createdAt: 1,
  startedAt: 1,
  endedAt: null,
  epochsDone: 0,
  best: null,
  last: null,
  test: null,
  error: null,
  jobId: 'j1',
  sparkline: [],
  times: noTimes,
  parent: null,
};

/** Three epochs of four batch messages each, with an event at the start of each and a state at both ends. */
const messages: LiveEvent[] = [];
const push = (message: Record<string, unknown>) =>
  messages.push({ v: 1, seq: messages.length + 1, ...message } as LiveEvent);
push({ type: 'state', state: 'running' });
for (let epoch = 1; epoch <= 3; epoch += 1) {
  push({
    type: 'event',
    event: { seq: messages.length + 1, time: 1, level: 'info', code: 'epoch', parameters: { epoch } },
  });
  for (let batch = 1; batch <= 4; batch += 1) {
    const step = (epoch - 1) * 4 + batch;
    push({
      type: 'batch',
      point: { step, epoch: step / 4, loss: 1 / step },
      stepsDone: step,
      stepsTotal: 12,
      examplesPerSecond: 100,
      etaSeconds: 12 - step,
    });
  }
  push({ type: 'epoch', epoch: { epoch, metrics: { loss: 1 / epoch }, seconds: 1, examplesPerSecond: 512 } });
}
push({ type: 'state', state: 'finished' });

/** What the library holds after the message `seq`: everything up to it. */
function historyAt(seq: number): RunHistory {
  const past = messages.filter((message) => message.seq <= seq);
  return {
    run,
    epochs: past.flatMap((message) => (message.type === 'epoch' ? [message.epoch] : [])),
    batches: past.flatMap((message) => (message.type === 'batch' ? [message.point] : [])),
    events: past.flatMap((message) => (message.type === 'event' ? [message.event] : [])),
    seq,
  };
}

const lists = (view: RunView) => ({ epochs: view.epochs, batches: view.batches, events: view.events, seq: view.seq });
const whole = applyLive(viewOfHistory(historyAt(0)), messages).view;

describe('applyLive', () => {
  test('the whole run arrives once', () => {
    expect(whole.epochs.map((epoch) => epoch.epoch)).toEqual([1, 2, 3]);
    expect(whole.batches).toHaveLength(12);
    expect(whole.events).toHaveLength(3);
    expect(whole.run.state).toBe('finished');
    expect(whole.run.epochsDone).toBe(3);
    expect(whole.etaSeconds).toBe(0);
  });

  test('tells what the middle of an epoch saved, until the epoch itself is saved', () => {
    const saved = { v: 1, seq: 6, type: 'checkpoint', step: 3 } as const;
    const { view } = applyLive(viewOfHistory(historyAt(5)), [saved]);
    expect(view.savedStep).toBe(3);
    const epoch = { epoch: 1, metrics: { loss: 1 }, seconds: 1, examplesPerSecond: 512 };
    expect(applyLive(view, [{ v: 1, seq: 7, type: 'epoch', epoch }]).view.savedStep).toBeNull();
  });

  test('attaching after any message, with any overlap, ends the same', () => {
    for (let seq = 0; seq <= messages.length; seq += 1) {
      for (const overlap of [0, 1, 5, 100]) {
        const live = messages.filter((message) => message.seq > seq - overlap);
        const { view, gap } = applyLive(viewOfHistory(historyAt(seq)), live);
        expect(lists(view)).toEqual(lists(whole));
        expect(gap).toBe(false);
      }
    }
  });

  test('the same messages in chunks of any size end the same', () => {
    for (const size of [1, 2, 7]) {
      let view = viewOfHistory(historyAt(0));
      for (let start = 0; start < messages.length; start += size) {
        view = applyLive(view, messages.slice(start, start + size)).view;
      }
      expect(lists(view)).toEqual(lists(whole));
    }
  });

  test('a missing message is told', () => {
    expect(applyLive(viewOfHistory(historyAt(3)), messages.slice(4)).gap).toBe(true);
    expect(applyLive(viewOfHistory(historyAt(3)), messages.slice(3)).gap).toBe(false);
  });

  test('a message that is known changes nothing, not even the object', () => {
    expect(applyLive(whole, messages).view).toBe(whole);
  });

  test('an epoch trained again replaces the first', () => {
    const again: LiveEvent = {
      v: 1,
      seq: whole.seq + 1,
      type: 'epoch',
      epoch: { epoch: 3, metrics: { loss: 0.5 }, seconds: 2, examplesPerSecond: 1 },
    };
    const { view } = applyLive(whole, [again]);
    expect(view.epochs.map((epoch) => epoch.epoch)).toEqual([1, 2, 3]);
    expect(view.epochs[2]?.metrics.loss).toBe(0.5);
  });
});
