/**
 * What a saved model says of every test row, kept so that each figure opens its rows. The order by sureness is worked
 * out once when it is saved; a page then reads only its own rows' outputs.
 */
import { CodedError, evaluationSchema, type Evaluation, type PredictedRow, type Target } from '../contract';
import type { Database } from './database';
import { fromJson, toJson } from './json';
import { bytesOf, float32, int32 } from './typed-bytes';

export interface EvaluatedRows {
  /** Row indices in the dataset. */
  readonly indices: Int32Array;
  /** Class index, or the number; NaN or -1 where unknown. */
  readonly actual: Float32Array;
  /** rows × n, row after row: probabilities by class, or one number, of anomalies the error; of forecasts one per step. */
  readonly outputs: Float32Array;
  /** Of forecasts, beside the first step in `actual`, all steps as `outputs`; absent in evaluations of older versions. */
  readonly actualSteps?: Float32Array;
}

interface EvaluationRow {
  evaluation: string;
  row_count: number;
  outputs_per_row: number;
  indices: Uint8Array;
  actual: Uint8Array;
  predicted: Uint8Array;
  ranking: Uint8Array;
}

/** In the place of an earlier one of the run. */
export function saveEvaluation(db: Database, evaluation: Evaluation, rows: EvaluatedRows): void {
  const count = rows.indices.length;
  const perRow = count === 0 ? 1 : rows.outputs.length / count;
  const { predicted, sureness } = decide(evaluation.target, rows, count, perRow);
  const ranking = Int32Array.from({ length: count }, (_, position) => position);
  ranking.sort((a, b) => (sureness[b] ?? 0) - (sureness[a] ?? 0) || a - b);
  db.prepare(
    `INSERT OR REPLACE INTO evaluations
     (run_id, evaluation, row_count, outputs_per_row, indices, actual, predicted, ranking, outputs, actual_steps)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    evaluation.runId,
    toJson(evaluation),
    count,
    perRow,
    bytesOf(rows.indices),
    bytesOf(rows.actual),
    bytesOf(predicted),
    bytesOf(ranking),
    bytesOf(rows.outputs),
    rows.actualSteps ? bytesOf(rows.actualSteps) : null,
  );
}

/** The same rows under another judgement, such as a threshold that the person moved. */
export function replaceEvaluation(db: Database, evaluation: Evaluation): void {
  db.prepare('UPDATE evaluations SET evaluation = ? WHERE run_id = ?').run(toJson(evaluation), evaluation.runId);
}

/**
 * What is known of every evaluated row (class index, or the number), and its outputs.
 * @throws CodedError `not-found` where the run was not evaluated
 */
export function evaluatedRows(db: Database, runId: string): EvaluatedRows {
  const row = db
    .prepare<[string], Record<'indices' | 'actual' | 'outputs', Uint8Array> & { actual_steps: Uint8Array | null }>(
      'SELECT indices, actual, outputs, actual_steps FROM evaluations WHERE run_id = ?',
    )
    .get(runId);
  if (!row) throw new CodedError('not-found', { what: 'evaluation', id: runId });
  return {
    ...{ indices: int32(row.indices), actual: float32(row.actual), outputs: float32(row.outputs) },
    ...(row.actual_steps ? { actualSteps: float32(row.actual_steps) } : {}),
  };
}

/** Null where the run was not evaluated. */
export function getEvaluation(db: Database, runId: string): Evaluation | null {
  const row = db
    .prepare<[string], { evaluation: string }>('SELECT evaluation FROM evaluations WHERE run_id = ?')
    .get(runId);
  return row ? fromJson(evaluationSchema, row.evaluation, 'evaluations.evaluation') : null;
}

/**
 * A page of the rows of one confusion cell (nulls: any), the surest first; for numbers and anomalies, the largest errors first.
 * @throws CodedError `not-found` where the run was not evaluated
 */
export function predictedRows(
  db: Database,
  query: { runId: string; actual: number | null; predicted: number | null; offset: number; limit: number },
): { total: number; rows: PredictedRow[] } {
  const row = db
    .prepare<[string], EvaluationRow>(
      `SELECT evaluation, row_count, outputs_per_row, indices, actual, predicted, ranking FROM evaluations
       WHERE run_id = ?`,
    )
    .get(query.runId);
  if (!row) throw new CodedError('not-found', { what: 'evaluation', id: query.runId });
  const { target, anomaly } = fromJson(evaluationSchema, row.evaluation, 'evaluations.evaluation');
  const indices = int32(row.indices);
  const actual = float32(row.actual);
  const predicted = int32(row.predicted);
  const matching = int32(row.ranking).filter(
    (position) =>
      (query.actual === null || actual[position] === query.actual) &&
      (query.predicted === null || predicted[position] === query.predicted),
  );
  const page = matching.subarray(query.offset, query.offset + query.limit);
  const outputs = outputsReader(db, query.runId, row.outputs_per_row);
  return {
    total: matching.length,
    rows: Array.from(page, (position) =>
      anomaly
        ? toAnomalyRow(anomaly.threshold, indices[position] ?? 0, actual[position] ?? NaN, outputs(position))
        : toPredictedRow(target, indices[position] ?? 0, actual[position] ?? NaN, outputs(position)),
    ),
  };
}

/** Class with the largest output and that output; for numbers the size of the error, which of anomalies is the output. */
function decide(target: Target, rows: EvaluatedRows, count: number, perRow: number) {
  const predicted = new Int32Array(count);
  const sureness = new Float32Array(count);
  for (let position = 0; position < count; position += 1) {
    const outputs = rows.outputs.subarray(position * perRow, (position + 1) * perRow);
    if (target.kind === 'classes') {
      const winner = largest(outputs);
      predicted[position] = winner;
      sureness[position] = outputs[winner] ?? 0;
    } else {
      const known = target.kind === 'reconstruction' ? 0 : (rows.actual[position] ?? NaN);
      const error = Math.abs((outputs[0] ?? NaN) - known);
      sureness[position] = Number.isNaN(error) ? -1 : error;
    }
  }
  return { predicted, sureness };
}

function largest(values: Float32Array): number {
  let winner = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] ?? 0) > (values[winner] ?? 0)) winner = index;
  }
  return winner;
}

function outputsReader(db: Database, runId: string, perRow: number): (position: number) => Float32Array {
  const statement = db
    .prepare<[number, number, string], Uint8Array>('SELECT substr(outputs, ?, ?) FROM evaluations WHERE run_id = ?')
    .pluck();
  // SQLite counts bytes of a BLOB from 1.
  return (position) => float32(statement.get(4 * perRow * position + 1, 4 * perRow, runId) ?? new Uint8Array());
}

function toPredictedRow(target: Target, index: number, actual: number, outputs: Float32Array): PredictedRow {
  const numbers = Array.from(outputs);
  if (target.kind === 'number') {
    return { index, actual: Number.isNaN(actual) ? null : actual, predicted: numbers[0] ?? 0, outputs: numbers };
  }
  const classes = target.kind === 'classes' ? target.classes : [];
  const label = classes[largest(outputs)] ?? '';
  return { index, actual: classes[actual] ?? null, predicted: label, outputs: numbers };
}

const anomalyMarks = ['ordinary', 'anomalous'] as const;

function toAnomalyRow(threshold: number, index: number, actual: number, outputs: Float32Array): PredictedRow {
  const error = outputs[0] ?? NaN;
  const predicted = anomalyMarks[error > threshold ? 1 : 0];
  return { index, actual: anomalyMarks[actual] ?? null, predicted, outputs: [error] };
}
