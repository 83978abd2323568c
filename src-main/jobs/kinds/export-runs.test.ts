/** Runs in folders for other tools: TensorBoard's records by our own decoding, and by the tools themselves where they are installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from '../../catalog/event-files/crc32c';
import { tasks } from '../../catalog';
import type { Epoch, MetricValues } from '../../contract';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { createProject } from '../../storage/projects';
import { createRun, setRunState, setTestMetrics } from '../../storage/runs';
import { insertEpochs } from '../../storage/run-epochs';
import type { JobContext } from '../definition';
import { exportRunsJob } from './export-runs';

let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-runs-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

const epochs: Epoch[] = [1, 2, 3].map((epoch) => ({
  epoch,
  metrics: { loss: 1 / epoch, accuracy: 0.5 + epoch / 10, 'validation.loss': 1.2 / epoch } as MetricValues,
  seconds: 1.5,
  examplesPerSecond: 1000,
  learningRate: 0.01 / epoch,
}));
const batches = [1, 2, 3, 4, 5, 6].map((step) => ({ step, epoch: step / 2, loss: 2 / step }));
const figures = { loss: 0.4, accuracy: 0.875 };

/** A finished run, whose name no file system takes as it is. */
function makeRun(name: string): string {
  const id = newId();
  const projectId = newId();
  const datasetId = newId();
  library.db.prepare("INSERT INTO datasets (id, name, created_at) VALUES (?, 'rows', 0)").run(datasetId);
  createProject(library.db, { id: projectId, name: 'Häuser', datasetId, data: null, network: null, settings: null });
  const task = tasks.get('table-classification');
  const settings = task.defaultSettings({ kind: 'classes', classes: ['a', 'b'] }, 100);
  const split = { kind: 'random', seed: 1, validation: 0.1, test: 0.2, stratified: false } as const;
  createRun(library.db, {
    ...{ id, projectId, name, datasetName: 'rows', network: { layers: [] }, settings },
    data: { versionId: 'gone', task: task.id, target: 'kind', types: {}, split },
  });
  insertEpochs(library.db, id, { epochs, batches, events: [] });
  setTestMetrics(library.db, id, figures);
  setRunState(library.db, id, 'finished');
  return id;
}

function exported(format: string, ids: readonly string[], name = 'out'): Promise<unknown> {
  const nothing = () => undefined;
  const rest = { live: nothing, state: nothing, onCommand: nothing, onAsk: nothing, progress: nothing };
  const context: JobContext = {
    ...{ jobId: 'job-1', library, resources: folder, signal: new AbortController().signal },
    ...rest,
  };
  return Promise.resolve(exportRunsJob.run({ ids: [...ids], format, place: join(folder, name) }, context));
}

test('CRC-32C of the vectors of RFC 3720, and the mask', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => 31 - at))).toBe(0x113fdb5c);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  // The length of TensorBoard's first record, 24 bytes, with the sum that TensorFlow writes after it.
  expect(maskedCrc32c(Uint8Array.of(24, 0, 0, 0, 0, 0, 0, 0))).toBe(0x224b7fa3);
});

describe('TensorBoard', () => {
  /** Length and sums checked, the messages as they are. */
  function records(bytes: Buffer): Buffer[] {
    const found: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
      const length = Number(bytes.readBigUInt64LE(at));
      expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)));
      const body = bytes.subarray(at + 12, at + 12 + length);
      expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(body));
      found.push(body);
      at += 16 + length;
    }
    return found;
  }

  /** Fields of a message by number, each with its values as they stand on the wire. */
  function fields(body: Buffer): Map<number, (number | Buffer)[]> {
    const found = new Map<number, (number | Buffer)[]>();
    let at = 0;
    const varint = () => {
      for (let value = 0, factor = 1; ; factor *= 128) {
        const byte = body[at++]!;
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    };
    while (at < body.length) {
      const key = varint();
      const wire = key & 7;
      const size = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : 0;
      const value = wire === 0 ? varint() : body.subarray(at, (at += size));
      found.set(key >>> 3, [...(found.get(key >>> 3) ?? []), value]);
    }
    return found;
  }

  const one = (body: Map<number, (number | Buffer)[]>, field: number) => body.get(field)![0] as Buffer;

  function scalars(path: string): Record<string, [step: number, value: number][]> {
    const [first, ...events] = records(readFileSync(path)).map(fields);
    expect(one(first!, 3).toString()).toBe('brain.Event:2');
    const found: Record<string, [number, number][]> = {};
    for (const event of events) {
      for (const value of fields(one(event, 5))
        .get(1)!
        .map((raw) => fields(raw as Buffer))) {
        if (!value.has(2)) continue;
        const step = (event.get(2)?.[0] as number | undefined) ?? 0;
        (found[one(value, 1).toString()] ??= []).push([step, one(value, 2).readFloatLE()]);
      }
    }
    return found;
  }

  const fileIn = (...path: string[]) => {
    const place = join(folder, 'out', ...path);
    return join(
      place,
      readdirSync(place).find((name) => name.startsWith('events.out.tfevents.'))!,
    );
  };

  test('every metric of every epoch and batch, parts beside each other; two runs of one name in two folders', async () => {
    const ids = [makeRun('a/b: <x>'), makeRun('a/b: <x>')];
    await exported('tensorboard', ids);
    expect(readdirSync(join(folder, 'out'))).toEqual(['a-b_ _x_', 'a-b_ _x_-2']);
    const training = scalars(fileIn('a-b_ _x_', 'training'));
    expect(training['loss']).toEqual(epochs.map(({ epoch, metrics }) => [epoch, Math.fround(metrics['loss']!)]));
    expect(training['learning_rate']).toHaveLength(3);
    expect(training['batch_loss']).toEqual(batches.map(({ step, loss }) => [step, Math.fround(loss)]));
    expect(Object.keys(scalars(fileIn('a-b_ _x_', 'validation')))).toEqual(['loss']);
    expect(scalars(fileIn('a-b_ _x_'))['test/accuracy']).toEqual([[0, 0.875]]);
    await expect(exported('tensorboard', ids)).rejects.toMatchObject({ code: 'export-place-taken' });
    await expect(exported('../x', ids)).rejects.toMatchObject({ code: 'definition-unknown' });
  });

  test.skipIf(!hasPython('tensorboard'))(
    'read by TensorBoard itself (python3 with tensorboard)',
    async () => {
      await exported('tensorboard', [makeRun('first')]);
      const read = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.plugins.hparams import metadata
import glob
told = {}
for part in ('training', 'validation'):
    events = EventAccumulator(sys.argv[1] + '/first/' + part, size_guidance={'scalars': 0})
    events.Reload()
    told[part] = {tag: [[one.step, one.value] for one in events.Scalars(tag)] for tag in events.Tags()['scalars']}
for event in EventFileLoader(glob.glob(sys.argv[1] + '/first/events*')[0]).Load():
    for value in event.summary.value:
        if value.tag == '_hparams_/session_start_info':
            start = metadata.parse_session_start_info_plugin_data(value.metadata.plugin_data.content)
            told['hparams'] = {name: one.number_value for name, one in start.hparams.items() if one.HasField('number_value')}
print(json.dumps(told))`;
      const told = JSON.parse(python(read, join(folder, 'out'))) as Record<string, Record<string, [number, number][]>>;
      expect(told['training']).toEqual(scalars(fileIn('first', 'training')));
      expect(told['validation']).toEqual(scalars(fileIn('first', 'validation')));
      expect(told['hparams']).toMatchObject({ learningRate: 0.001, 'split.validation': 0.1 });
    },
    60_000,
  );
});

describe('MLflow', () => {
  test('a line of time, value and step for each epoch, settings one file each', async () => {
    await exported('mlflow', [makeRun('first')]);
    const [experiment] = readdirSync(join(folder, 'out'));
    const own = readdirSync(join(folder, 'out', experiment!)).find((name) => /^[0-9a-f]{32}$/.test(name))!;
    const file = (...path: string[]) => readFileSync(join(folder, 'out', experiment!, own, ...path), 'utf8');
    const lines = file('metrics', 'validation.loss').trim().split('\n');
    expect(lines.map((line) => line.split(' ').slice(1).map(Number))).toEqual(
      epochs.map(({ epoch, metrics }) => [metrics['validation.loss'], epoch]),
    );
    expect(file('params', 'learningRate')).toBe('0.001');
    expect(file('tags', 'mlflow.runName')).toBe('first');
  });

  test.skipIf(!hasPython('mlflow'))(
    'read by MLflow itself (python3 with mlflow)',
    async () => {
      await exported('mlflow', [makeRun('first'), makeRun('é "q": #')]);
      const read = `
import json, os, sys
os.environ['MLFLOW_ALLOW_FILE_STORE'] = 'true'
from mlflow.tracking import MlflowClient
client = MlflowClient(tracking_uri='file:' + sys.argv[1])
told = {}
for experiment in client.search_experiments():
    for run in client.search_runs([experiment.experiment_id]):
        history = client.get_metric_history(run.info.run_id, 'loss')
        told[run.info.run_name] = {
            'experiment': experiment.name, 'status': run.info.status, 'rate': run.data.params['learningRate'],
            'test': run.data.metrics['final.accuracy'], 'loss': [[one.step, one.value] for one in history],
        }
print(json.dumps(told))`;
      const expected = {
        ...{ experiment: 'Häuser', status: 'FINISHED', rate: '0.001', test: 0.875 },
        loss: epochs.map(({ epoch, metrics }) => [epoch, metrics['loss']]),
      };
      expect(JSON.parse(python(read, join(folder, 'out')))).toEqual({ first: expected, 'é "q": #': expected });
    },
    60_000,
  );
});

/** The interpreter may be named by `TANDEM_PYTHON`. */
function pythonName(): string {
  return process.env['TANDEM_PYTHON'] ?? 'python3';
}

function hasPython(module: string): boolean {
  const code = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`;
  return spawnSync(pythonName(), ['-c', code]).status === 0;
}

function python(code: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(pythonName(), ['-c', code, ...words], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout.trim().split('\n').at(-1) ?? '';
}
