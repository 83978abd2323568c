/**
 * TensorBoard: a folder for each run, and in it one for each part of the data, so that the same metric of training and validation
 * rows is drawn in one chart. Settings and test figures go to the HParams tab.
 */
import type { BatchPoint, Epoch, FieldValue } from '../../contract';
import { eventFile, pluginValue, scalarValue, type EventOf, type Scalar } from '../event-files/event-file';
import { double, message, text, wholeNumber, type Field } from '../event-files/wire';
import type { ExportedFile, ExportedRun, RunFormat } from '../run-format';
import { runValues } from '../run-values';

const HPARAMS = 'hparams';
/** Of `HParamsPluginData`, and `Status` of a session's end. */
const session = { start: 3, end: 4, success: 1, failure: 2 };

export const definition: RunFormat = {
  id: 'tensorboard',
  order: 2,
  label: { en: 'TensorBoard', zh: 'TensorBoard' },
  about: {
    en: 'Curves, settings and test scores as event files; “tensorboard --logdir” shows them.',
    zh: '以事件文件保存曲线、设置和测试分数；用“tensorboard --logdir”查看。',
  },
  *files(run): Iterable<ExportedFile> {
    const begun = (run.run.startedAt ?? run.run.createdAt) / 1000;
    const file = (folder: string, events: EventOf[]): ExportedFile => ({
      path: `${run.folder}${folder}/events.out.tfevents.${Math.floor(begun).toString().padStart(10, '0')}.tandem`,
      content: eventFile(begun, events),
    });
    const times = epochTimes(run.epochs, begun);
    for (const part of ['training', 'validation', 'test'] as const) {
      const events = epochEvents(run.epochs, times, part);
      if (part === 'training') events.push(...batchEvents(run.batches, times, begun));
      if (events.length > 0) yield file(`/${part}`, events);
    }
    yield file('', sessionEvents(run, begun, times.at(-1) ?? begun));
  },
};

/** Seconds since 1970 at which each epoch ended, without the pauses between them, of which nothing is kept. */
function epochTimes(epochs: readonly Epoch[], begun: number): number[] {
  let time = begun;
  return epochs.map(({ seconds }) => (time += seconds));
}

function epochEvents(epochs: readonly Epoch[], times: readonly number[], part: 'training' | 'validation' | 'test') {
  return epochs.flatMap((epoch, at): EventOf[] => {
    const scalars = scalarsOf(epoch, part);
    if (scalars.length === 0) return [];
    return [{ time: times[at] ?? 0, step: epoch.epoch, values: scalars.map(scalarValue) }];
  });
}

function scalarsOf(epoch: Epoch, part: 'training' | 'validation' | 'test'): Scalar[] {
  const own = Object.entries(epoch.metrics).flatMap(([name, value]): Scalar[] => {
    const [, of = 'training', tag = name] = /^(validation|test)\.(.*)$/.exec(name) ?? [];
    return of === part ? [{ tag, value }] : [];
  });
  if (part !== 'training') return own;
  const { seconds, examplesPerSecond, learningRate } = epoch;
  return [
    ...own,
    { tag: 'seconds', value: seconds },
    { tag: 'examples_per_second', value: examplesPerSecond },
    ...(learningRate === undefined ? [] : [{ tag: 'learning_rate', value: learningRate }]),
  ];
}

/** By step; a batch's time lies between those of its epoch's ends. */
function batchEvents(batches: readonly BatchPoint[], times: readonly number[], begun: number): EventOf[] {
  return batches.map(({ step, epoch, loss }) => {
    const [whole, share] = [Math.floor(epoch), epoch % 1];
    const from = whole === 0 ? begun : (times[whole - 1] ?? times.at(-1) ?? begun);
    const to = times[whole] ?? from;
    return { time: from + share * (to - from), step, values: [scalarValue({ tag: 'batch_loss', value: loss })] };
  });
}

/** HParams' start of a session with the settings, the test figures, and its end. */
function sessionEvents(run: ExportedRun, begun: number, ended: number): EventOf[] {
  const { state, test } = run.run;
  const values = runValues({ ...run.run, engine: run.run.engine?.kind ?? null });
  const settings = Object.entries(values).map(([name, value]) => message(1, [text(1, name), settingValue(value)]));
  const start = message(session.start, [...settings, text(4, run.run.id), double(5, begun)]);
  const isWell = state === 'finished' || state === 'stopped';
  const status = wholeNumber(1, isWell ? session.success : session.failure);
  const end = message(session.end, [status, double(2, ended)]);
  const plugin = (what: 'start' | 'end', content: Field) =>
    pluginValue(`_hparams_/session_${what}_info`, HPARAMS, [content]);
  const figures = Object.entries(test ?? {}).map(([name, value]) => scalarValue({ tag: `test/${name}`, value }));
  return [
    { time: begun, step: 0, values: [plugin('start', start)] },
    ...(figures.length === 0 ? [] : [{ time: ended, step: run.run.epochsDone, values: figures }]),
    { time: ended, step: 0, values: [plugin('end', end)] },
  ];
}

/** `google.protobuf.Value`, as the value of a map's entry. */
function settingValue(value: FieldValue): Field {
  if (typeof value === 'number') return message(2, [double(2, value)]);
  return message(2, [typeof value === 'string' ? text(3, value) : wholeNumber(4, value ? 1 : 0)]);
}
