/** What runs read of themselves after epochs: written with the epoch, read as a whole or one at a time. */
import {
  classAnswerWidth,
  CodedError,
  layerReadingSchema,
  targetSchema,
  type Probe,
  type ProbeOverview,
  type ProbeReading,
  type ProbeTrack,
} from '../contract';
import type { Database } from './database';
import { fromJson, toJson } from './json';
import { bytesOf, float32, int32 } from './typed-bytes';

export interface NewProbeReading {
  readonly probe: Probe;
  readonly reading: ProbeReading;
}

/** Readings at a time. */
const PAGE = 24;

const layersSchema = layerReadingSchema.array();

interface ProbeRow {
  part: Probe['part'];
  target: string;
  indices: Uint8Array;
  actual: Uint8Array;
}

interface ReadingRow {
  epoch: number;
  every: number;
  seconds: number;
  layers: string;
  answers: Uint8Array;
}

/** Within the caller's transaction. The examples are those of the run's first reading. */
export function saveProbe(db: Database, runId: string, { probe, reading }: NewProbeReading): void {
  db.prepare('INSERT OR IGNORE INTO probes (run_id, part, target, indices, actual) VALUES (?, ?, ?, ?, ?)').run(
    runId,
    probe.part,
    toJson(probe.target),
    bytesOf(probe.rows),
    bytesOf(probe.actual),
  );
  db.prepare(
    `INSERT INTO probe_readings (run_id, epoch, every, seconds, layers, answers, places) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    runId,
    reading.epoch,
    reading.interval,
    reading.seconds,
    toJson(reading.layers),
    bytesOf(reading.answers),
    bytesOf(reading.places),
  );
}

/** The next readings after an epoch, as many as are read in a few milliseconds, which main can spare. */
export function probeOverview(db: Database, runId: string, after: number): ProbeOverview {
  const read = db.transaction(() => ({
    probe: db.prepare<[string], ProbeRow>('SELECT * FROM probes WHERE run_id = ?').get(runId),
    found: db.prepare<[string, number, number], ReadingRow>(probeReadingsSql).all(runId, after, PAGE + 1),
  }))();
  if (!read.probe) return { probe: null, tracks: [], said: new Float32Array(), more: false };
  const rows = read.found.slice(0, PAGE);
  const probe = toProbe(read.probe);
  const count = probe.rows.length;
  const said = new Float32Array(rows.length * count);
  const width = probe.target.kind === 'classes' ? classAnswerWidth : 1;
  rows.forEach((row, at) => {
    const answers = float32(row.answers);
    for (let one = 0; one < count; one++) said[at * count + one] = answers[one * width] ?? NaN;
  });
  const tracks = rows.map((row, at) => trackOf(row, at === rows.length - 1));
  return { probe, tracks, said, more: read.found.length > PAGE };
}

/** All of a run's readings, whole; null where there are none. */
export function readProbe(
  db: Database,
  runId: string,
): { readonly probe: Probe; readonly readings: readonly ProbeReading[] } | null {
  const row = db.prepare<[string], ProbeRow>('SELECT * FROM probes WHERE run_id = ?').get(runId);
  if (!row) return null;
  const readings = db
    .prepare<[string], ReadingRow & { places: Uint8Array }>(
      'SELECT * FROM probe_readings WHERE run_id = ? ORDER BY epoch',
    )
    .all(runId);
  return { probe: toProbe(row), readings: readings.map(toReading) };
}

/** @throws CodedError `not-found` */
export function probeReading(db: Database, runId: string, epoch: number): ProbeReading {
  const row = db
    .prepare<[string, number], ReadingRow & { places: Uint8Array }>(
      'SELECT * FROM probe_readings WHERE run_id = ? AND epoch = ?',
    )
    .get(runId, epoch);
  if (!row) throw new CodedError('not-found', { what: 'reading', id: `${runId}, ${epoch}` });
  return toReading(row);
}

/** Of the last reading; null before the first. */
export function lastPlaces(
  db: Database,
  runId: string,
): { readonly epoch: number; readonly places: Float32Array } | null {
  const row = db
    .prepare<[string], { epoch: number; places: Uint8Array }>(
      'SELECT epoch, places FROM probe_readings WHERE run_id = ? ORDER BY epoch DESC LIMIT 1',
    )
    .get(runId);
  return row ? { epoch: row.epoch, places: float32(row.places) } : null;
}

export const probeReadingsSql = `SELECT epoch, every, seconds, layers, answers FROM probe_readings
  WHERE run_id = ? AND epoch > ? ORDER BY epoch LIMIT ?`;

function toReading(row: ReadingRow & { places: Uint8Array }): ProbeReading {
  return { ...trackOf(row, true), answers: float32(row.answers), places: float32(row.places) };
}

function toProbe({ part, target, indices, actual }: ProbeRow): Probe {
  const read = fromJson(targetSchema, target, 'probes.target');
  return { part, target: read, rows: int32(indices), actual: float32(actual) };
}

/** @param isWhole with the counts of histograms; without them their ends stay, which tell how weights spread. */
function trackOf({ epoch, every, seconds, layers }: ReadingRow, isWhole: boolean): ProbeTrack {
  const read = fromJson(layersSchema, layers, 'probe_readings.layers');
  const told = isWhole ? read : read.map((layer) => ({ ...layer, weights: withoutCounts(layer.weights) }));
  return { epoch, interval: every, seconds, layers: told };
}

function withoutCounts(weights: ProbeTrack['layers'][number]['weights']) {
  return weights && { ...weights, histogram: { ...weights.histogram, counts: [] } };
}
