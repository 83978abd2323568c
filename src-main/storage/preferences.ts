/** What the person set, one row per key, so that a new preference needs no migration. */
import type { z } from 'zod';
import type { Database } from './database';
import { toJson } from './json';

/** @returns the stored value, or the fallback where there is none or it no longer fits the schema. */
export function getPreference<Schema extends z.ZodType>(
  db: Database,
  key: string,
  schema: Schema,
  fallback: z.output<Schema>,
): z.output<Schema> {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM preferences WHERE key = ?').get(key);
  const parsed = schema.safeParse(row ? JSON.parse(row.value) : undefined);
  return row && parsed.success ? parsed.data : fallback;
}

export function setPreference(db: Database, key: string, value: string | number | boolean | object | null): void {
  db.prepare(
    'INSERT INTO preferences (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, toJson(value) ?? 'null');
}
