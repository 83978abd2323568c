/** The lowest and the highest value of each metric of a run, each with its epoch, kept beside the run for lists of thousands. */
import { z } from 'zod';
import type { MetricValues } from '../contract';
import type { Database } from './database';
import { fromJson } from './json';

/** `[lowest, its epoch, highest, its epoch]`; of equal values the first. */
export const extremesSchema = z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()]));
export type Extremes = Readonly<z.infer<typeof extremesSchema>>;

export function withEpoch(extremes: Extremes, epoch: number, metrics: MetricValues): Extremes {
  const next: z.infer<typeof extremesSchema> = { ...extremes };
  for (const [name, value] of Object.entries(metrics)) {
    if (!Number.isFinite(value)) continue;
    const [low, lowEpoch, high, highEpoch] = extremes[name] ?? [Infinity, epoch, -Infinity, epoch];
    next[name] = [
      ...(value < low ? ([value, epoch] as const) : ([low, lowEpoch] as const)),
      ...(value > high ? ([value, epoch] as const) : ([high, highEpoch] as const)),
    ];
  }
  return next;
}

/** Within the caller's transaction: adds an epoch. */
export function addToExtremes(db: Database, runId: string, epoch: number, metrics: MetricValues): void {
  const text = db.prepare<[string], string>('SELECT extremes FROM runs WHERE id = ?').pluck().get(runId) ?? '{}';
  const extremes = fromJson(extremesSchema, text, 'runs.extremes');
  save(db, runId, withEpoch(extremes, epoch, metrics));
}

/** Within the caller's transaction: anew from the epochs that are there, after some were taken away. */
export function countExtremes(db: Database, runId: string): void {
  const epochs = db.prepare<[string], { epoch: number; metrics: string }>(
    'SELECT epoch, metrics FROM epochs WHERE run_id = ? ORDER BY epoch',
  );
  let extremes: Extremes = {};
  for (const { epoch, metrics } of epochs.iterate(runId)) extremes = withEpoch(extremes, epoch, JSON.parse(metrics));
  save(db, runId, extremes);
}

function save(db: Database, runId: string, extremes: Extremes): void {
  db.prepare('UPDATE runs SET extremes = ? WHERE id = ?').run(JSON.stringify(extremes), runId);
}
