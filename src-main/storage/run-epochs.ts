/** A run's history, grown by one transaction per epoch: whatever is killed and when, an epoch is whole or not there. */
import {
  CodedError,
  epochSchema,
  runEventSchema,
  type BatchPoint,
  type Epoch,
  type MetricValues,
  type Run,
  type RunEvent,
  type RunHistory,
} from '../contract';
import { saveCheckpoint, saveMidCheckpoint, type Checkpoint } from './checkpoints';
import { durableTransaction, transaction, type Database } from './database';
import { fromJson, toJson } from './json';
import { saveModel, type NewModel } from './models';
import { saveProbe, type NewProbeReading } from './probes';
import { addToExtremes } from './run-extremes';
import { toRun, type RunRow } from './run-rows';

const sparklinePoints = 100;

export interface EpochCommit {
  readonly runId: string;
  readonly epoch: Epoch;
  /** Those that no `PartCommit` of this epoch had. */
  readonly batches: readonly BatchPoint[];
  readonly events: readonly RunEvent[];
  /** Of the last live message so far. */
  readonly seq: number;
  readonly best: Run['best'];
  readonly last: MetricValues;
  readonly checkpoint: Checkpoint;
  /** The weights to keep as the run's model from now on; left out where the kept ones are still the best. */
  readonly bestModel?: Omit<NewModel, 'network'> | undefined;
  /** What was read after this epoch; absent where nothing was. */
  readonly probe?: NewProbeReading | undefined;
}

/** The middle of an epoch. */
export type PartCommit = Pick<EpochCommit, 'runId' | 'batches' | 'events' | 'seq' | 'checkpoint'>;

/**
 * Writes what the epoch under way has given so far, on disk when it returns; the run's figures stay those of its complete
 * epochs.
 * @throws CodedError `not-found` for an unknown run, `disk-full`
 */
export function commitPart(db: Database, { runId, batches, events, seq, checkpoint }: PartCommit): void {
  durableTransaction(db, () => {
    const { changes } = db.prepare('UPDATE runs SET seq = max(seq, ?) WHERE id = ?').run(seq, runId);
    if (changes === 0) throw new CodedError('not-found', { what: 'run', id: runId });
    insertBatches(db, runId, batches);
    insertEvents(db, runId, events);
    saveMidCheckpoint(db, runId, checkpoint);
  });
}

/**
 * Writes everything an epoch gave; the last two checkpoints and the best epoch's are kept. A process that dies loses none
 * of it; a power cut may, until the caller's `syncLog` has settled, so that training need not wait for the disk.
 * @throws CodedError `not-found` for an unknown run, `disk-full`
 */
export function commitEpoch(db: Database, commit: EpochCommit): void {
  const { runId, epoch } = commit;
  transaction(db, () => {
    const run = db
      .prepare<[string], { network: string; keepEvery: number | null }>(
        "SELECT network, settings ->> '$.keepEvery' AS keepEvery FROM runs WHERE id = ?",
      )
      .get(runId);
    if (!run) throw new CodedError('not-found', { what: 'run', id: runId });
    insertEpoch(db, runId, epoch);
    addToExtremes(db, runId, epoch.epoch, epoch.metrics);
    if (commit.probe) saveProbe(db, runId, commit.probe);
    insertBatches(db, runId, commit.batches);
    insertEvents(db, runId, commit.events);
    saveCheckpoint(db, runId, commit.checkpoint, { best: commit.best?.epoch ?? null, every: run.keepEvery ?? 0 });
    if (commit.bestModel) saveModel(db, { ...commit.bestModel, network: JSON.parse(run.network) });
    db.prepare(
      `UPDATE runs SET epochs_done = ?, best = ?, last = ?, sparkline = ?, seq = max(seq, ?) WHERE id = ?`,
    ).run(
      epoch.epoch,
      toJson(commit.best),
      toJson(commit.last),
      toJson(sparkline(db, runId, epoch.epoch)),
      commit.seq,
      runId,
    );
  });
}

/** Events outside an epoch's end (started, paused, failed). */
export function appendEvents(db: Database, runId: string, events: readonly RunEvent[], seq: number): void {
  transaction(db, () => {
    insertEvents(db, runId, events);
    db.prepare('UPDATE runs SET seq = max(seq, ?) WHERE id = ?').run(seq, runId);
  });
}

/** An event of one who does not number the run's live messages, as the last of its log. @throws CodedError `not-found` */
export function appendLastEvent(db: Database, runId: string, event: Omit<RunEvent, 'seq'>): void {
  transaction(db, () => {
    const last = db.prepare<[string], number>('SELECT seq FROM runs WHERE id = ?').pluck().get(runId);
    if (last === undefined) throw new CodedError('not-found', { what: 'run', id: runId });
    appendEvents(db, runId, [{ ...event, seq: last + 1 }], last + 1);
  });
}

/** Everything about a run in one consistent reading. @throws CodedError `not-found` */
export function runHistory(db: Database, id: string): RunHistory {
  const read = db.transaction(() => ({
    row: db.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?').get(id),
    epochs: db.prepare<[string], EpochRow>('SELECT * FROM epochs WHERE run_id = ? ORDER BY epoch').all(id),
    batches: db
      .prepare<[string], BatchPoint>('SELECT step, epoch, loss FROM batches WHERE run_id = ? ORDER BY step')
      .all(id),
    events: db.prepare<[string], EventRow>('SELECT * FROM events WHERE run_id = ? ORDER BY seq').all(id),
  }))();
  if (!read.row) throw new CodedError('not-found', { what: 'run', id });
  return {
    run: toRun(read.row),
    epochs: read.epochs.map((row) => ({
      epoch: row.epoch,
      metrics: fromJson(epochSchema.shape.metrics, row.metrics, 'epochs.metrics'),
      seconds: row.seconds,
      examplesPerSecond: row.examples_per_second,
      ...(row.learning_rate === null ? {} : { learningRate: row.learning_rate }),
      ...(row.memory === null ? {} : { memory: row.memory }),
      ...(row.cores === null ? {} : { cores: row.cores }),
    })),
    batches: read.batches,
    events: read.events.map((row) => ({
      seq: row.seq,
      time: row.time,
      level: row.level,
      code: row.code,
      parameters: fromJson(runEventSchema.shape.parameters, row.parameters, 'events.parameters'),
    })),
    seq: read.row.seq,
  };
}

/** Part of the caller's transaction: the history of a run that has none yet. */
export function insertEpochs(
  db: Database,
  runId: string,
  { epochs, batches, events }: Pick<RunHistory, 'epochs' | 'batches' | 'events'>,
): void {
  for (const epoch of epochs) insertEpoch(db, runId, epoch);
  insertBatches(db, runId, batches);
  insertEvents(db, runId, events);
}

interface EpochRow {
  epoch: number;
  metrics: string;
  seconds: number;
  examples_per_second: number;
  learning_rate: number | null;
  memory: number | null;
  cores: number | null;
}

interface EventRow {
  seq: number;
  time: number;
  level: RunEvent['level'];
  code: string;
  parameters: string;
}

function insertEpoch(db: Database, runId: string, epoch: Epoch): void {
  db.prepare(
    `INSERT INTO epochs (run_id, epoch, metrics, seconds, examples_per_second, learning_rate, memory, cores)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    runId,
    epoch.epoch,
    toJson(epoch.metrics),
    epoch.seconds,
    epoch.examplesPerSecond,
    epoch.learningRate ?? null,
    epoch.memory ?? null,
    epoch.cores ?? null,
  );
}

function insertBatches(db: Database, runId: string, batches: readonly BatchPoint[]): void {
  const insert = db.prepare('INSERT INTO batches (run_id, step, epoch, loss) VALUES (?, ?, ?, ?)');
  for (const point of batches) insert.run(runId, point.step, point.epoch, point.loss);
}

function insertEvents(db: Database, runId: string, events: readonly RunEvent[]): void {
  const insert = db.prepare(
    'INSERT INTO events (run_id, seq, time, level, code, parameters) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const event of events) {
    insert.run(runId, event.seq, Math.round(event.time), event.level, event.code, toJson(event.parameters));
  }
}

/** Losses at up to 100 epochs, evenly spaced back from the newest. */
export function sparkline(db: Database, runId: string, epochs: number): number[] {
  const loss = db
    .prepare<[string, number], number>(
      `SELECT coalesce(metrics ->> '$."validation.loss"', metrics ->> '$.loss') FROM epochs
       WHERE run_id = ? AND epoch = ?`,
    )
    .pluck();
  const stride = Math.ceil(epochs / sparklinePoints);
  const losses: number[] = [];
  for (let epoch = epochs; epoch >= 1; epoch -= stride) {
    const value = loss.get(runId, epoch);
    if (typeof value === 'number') losses.push(value);
  }
  return losses.reverse();
}
