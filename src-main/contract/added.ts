/** Parts of stored records that came after the first libraries. */
import { z } from 'zod';

/** A part that older records lack and are read with. Programs always give it: its type in is its type out. */
export function added<T>(schema: z.ZodType<T, T>, value: T): z.ZodType<T, T> {
  return z.preprocess((given) => (given === undefined ? structuredClone(value) : given), schema) as z.ZodType<T, T>;
}
