/** Where a dataset was imported from, and what the person said of it: enough to read it again in another way. */
import { z } from 'zod';
import { importInputSchema, readingSchema } from '../contract';
import type { Database } from './database';
import { getPreference, setPreference } from './preferences';

const originSchema = z.object({ source: importInputSchema.shape.source, reading: readingSchema });
export type Origin = z.infer<typeof originSchema>;

function keyOf(datasetId: string): string {
  return `origin of ${datasetId}`;
}

export function keepOrigin(db: Database, datasetId: string, origin: Origin): void {
  setPreference(db, keyOf(datasetId), JSON.stringify(origin));
}

/** Null for a dataset that was imported before its origin was kept. */
export function findOrigin(db: Database, datasetId: string): Origin | null {
  const kept = getPreference(db, keyOf(datasetId), z.string(), '');
  if (kept === '') return null;
  const parsed = originSchema.safeParse(JSON.parse(kept));
  return parsed.success ? parsed.data : null;
}
