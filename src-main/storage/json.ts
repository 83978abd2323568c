/** JSON columns: written as text, and on the way back checked by the schema of the contract. */
import type { z } from 'zod';

export function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** @throws Error naming the column where the text does not fit the schema: the library was changed by other hands. */
export function fromJson<Schema extends z.ZodType>(schema: Schema, text: string, column: string): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`Column ${column} holds an unsuitable value: ${parsed.error.message}`);
}

export function fromNullableJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string | null,
  column: string,
): z.output<Schema> | null {
  return text === null ? null : fromJson(schema, text, column);
}
