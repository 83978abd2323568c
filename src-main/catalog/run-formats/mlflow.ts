/**
 * MLflow's folder of files (`FileStore`, mlflow/store/tracking/file_store.py): an experiment for the project, in it a folder for
 * each run with one file for each parameter, metric and tag. The folder is itself what `--backend-store-uri` names.
 */
import type { Epoch, Run } from '../../contract';
import type { ExportedFile, ExportedRun, RunFormat } from '../run-format';
import { runValues } from '../run-values';

/** Of `RunStatus`. */
const status: Record<Run['state'], number> = {
  queued: 2,
  running: 1,
  paused: 1,
  finished: 3,
  stopped: 3,
  interrupted: 5,
  failed: 4,
};
/** Longer values are refused. */
const longestParameter = 6000;

export const definition: RunFormat = {
  id: 'mlflow',
  order: 3,
  label: { en: 'MLflow', zh: 'MLflow' },
  about: {
    en: 'Settings, metrics of each epoch and tags in MLflow’s folder of files; “mlflow ui --backend-store-uri” shows them, MLflow 3 after “mlflow migrate-filestore”.',
    zh: '以 MLflow 的文件夹形式保存设置、每轮指标和标签；用“mlflow ui --backend-store-uri”查看，MLflow 3 需先运行“mlflow migrate-filestore”。',
  },
  *files(exported, place): Iterable<ExportedFile> {
    const { run, projectName } = exported;
    const experiment = experimentId(run.projectId);
    const id = runUuid(run.id);
    const own = `${experiment}/${id}`;
    const uri = fileUri(place);
    const created = Math.round(run.createdAt);
    yield yaml(`${experiment}/meta.yaml`, {
      ...{ artifact_location: `${uri}/${experiment}`, creation_time: created, experiment_id: experiment },
      ...{ last_update_time: created, lifecycle_stage: 'active', name: projectName },
    });
    yield yaml(`${own}/meta.yaml`, {
      ...{ artifact_uri: `${uri}/${own}/artifacts`, end_time: whole(run.endedAt), entry_point_name: '' },
      ...{ experiment_id: experiment, lifecycle_stage: 'active', run_id: id, run_name: run.name, run_uuid: id },
      ...{ source_name: 'Tandem', source_type: 4, source_version: '', start_time: whole(run.startedAt) ?? created },
      ...{ status: status[run.state], tags: [], user_id: '' },
    });
    const values = runValues({ ...run, engine: run.engine?.kind ?? null });
    for (const [name, value] of Object.entries(values)) {
      yield { path: `${own}/params/${safeKey(name)}`, content: String(value).slice(0, longestParameter) };
    }
    for (const [name, lines] of metricLines(exported)) {
      yield { path: `${own}/metrics/${safeKey(name)}`, content: `${lines.join('\n')}\n` };
    }
    // Without a folder of artifacts MLflow takes it for no run.
    const { data, network, settings } = run;
    const setup = `${JSON.stringify({ data, network, settings }, null, 2)}\n`;
    yield { path: `${own}/artifacts/setup.json`, content: setup };
    for (const [name, content] of Object.entries(tagsOf(exported))) yield { path: `${own}/tags/${name}`, content };
  },
};

/** `timestamp value step`, a line for each epoch; test figures once, at the last of them. */
function metricLines({ run, epochs }: ExportedRun): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  const add = (name: string, time: number, value: number, step: number) => {
    lines.set(name, [...(lines.get(name) ?? []), `${Math.round(time)} ${value} ${step}`]);
  };
  let time = run.startedAt ?? run.createdAt;
  for (const epoch of epochs) {
    time += epoch.seconds * 1000;
    for (const [name, value] of Object.entries(figuresOf(epoch))) add(name, time, value, epoch.epoch);
  }
  // A run that never began has its metrics' folder all the same, without which it would be none.
  if (epochs.length === 0) add('epochs', time, 0, 0);
  for (const [name, value] of Object.entries(run.test ?? {})) add(`final.${name}`, time, value, run.epochsDone);
  return lines;
}

function figuresOf({ metrics, seconds, examplesPerSecond, learningRate }: Epoch): Record<string, number> {
  const own = { ...metrics, seconds, examples_per_second: examplesPerSecond };
  return learningRate === undefined ? own : { ...own, learning_rate: learningRate };
}

function tagsOf({ run, tags, dataSha256 }: ExportedRun): Record<string, string> {
  const all: Record<string, string> = {
    ...{ 'mlflow.runName': run.name, 'mlflow.source.name': 'Tandem', 'mlflow.source.type': 'LOCAL' },
    ...{ 'tandem.run': run.id, 'tandem.dataset': run.datasetName, 'tandem.version': run.data.versionId },
  };
  if (run.note !== '') all['mlflow.note.content'] = run.note;
  if (dataSha256 !== null) all['tandem.data.sha256'] = dataSha256;
  for (const tag of tags) all[`tandem.tag.${safeKey(tag)}`] = tag;
  return all;
}

/** MLflow takes letters, digits and `_ - . : /` and blanks; a slash would make a folder. */
function safeKey(name: string): string {
  return name.replace(/[^\p{L}\p{N}_\-. ]/gu, '_').replace(/^\.+/, '_') || '_';
}

/** 128 bits that both ways of writing hold: 32 hexadecimal digits, by which alone MLflow finds a run. */
function runUuid(id: string): string {
  let number = 0n;
  for (const character of id) number = number * 32n + BigInt(base32.indexOf(character));
  return (number % 2n ** 128n).toString(16).padStart(32, '0');
}

/** Of the library's ids (storage/ids.ts). */
const base32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** Digits, as MLflow's own are, and the same for every export of a project, so that its exports fit together. */
function experimentId(projectId: string): string {
  let number = 0n;
  for (const character of projectId) number = (number * 37n + BigInt(parseInt(character, 36) || 0)) % 10n ** 17n;
  return String(10n ** 17n + number);
}

function fileUri(place: string): string {
  const path = place.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : `file:///${path}`;
}

/** A flat mapping: JSON's words are YAML's too. */
function yaml(path: string, values: Record<string, unknown>): ExportedFile {
  const lines = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return { path, content: `${lines.join('\n')}\n` };
}

function whole(time: number | null): number | null {
  return time === null ? null : Math.round(time);
}
