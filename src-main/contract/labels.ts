/**
 * What a person says of a row beyond one class, one number or one text: several classes, boxes over its picture, spans of
 * its text. A cell holds it as JSON; an empty list says "looked at, none", a missing cell "not looked at".
 */
import { z } from 'zod';
import type { ColumnType } from './data';

/** A named rectangle on a picture, in shares (0–1) of the original's width and height from its top left corner. */
export const boxSchema = z.object({
  label: z.string(),
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  width: z.number().positive().max(1),
  height: z.number().positive().max(1),
});
export type Box = z.infer<typeof boxSchema>;

/** Several classes of one row, each once, in the order in which they were given. */
export const labelListSchema = z
  .array(z.string().min(1).max(1000))
  .max(1000)
  .refine((labels) => new Set(labels).size === labels.length, 'must name each class once');

/** A named stretch of a text: UTF-16 units from its beginning, the end not included. */
export const spanSchema = z
  .object({ start: z.number().int().min(0), end: z.number().int(), label: z.string().min(1).max(1000) })
  .refine(({ start, end }) => end > start, 'must not be empty');
export type Span = z.infer<typeof spanSchema>;

const schemas: Partial<Record<ColumnType, z.ZodType<readonly unknown[]>>> = {
  labels: labelListSchema,
  boxes: boxSchema.array().max(10_000),
  spans: spanSchema.array().max(10_000),
};

/** Whether cells of a type are lists in JSON, and `text` is one. True for types that are not. */
export function isLabelList(type: ColumnType, text: string): boolean {
  const schema = schemas[type];
  if (!schema) return true;
  try {
    return schema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** How a column is labelled, counted over the rows that stay and with all edits. */
export const labelCountsSchema = z.object({
  rows: z.number().int(),
  labelled: z.number().int(),
  /** In the order of their keys; those that no row has any more are listed where they were put in order. */
  classes: z.array(z.object({ label: z.string(), rows: z.number().int() })),
  /** False where the cells hold too many different values to be classes; none are listed then. */
  hasClasses: z.boolean(),
});
export type LabelCounts = z.infer<typeof labelCountsSchema>;

/** The classes that a cell names, each as often as it does: one of a class, those of a list, of boxes or of spans. */
export function labelsIn(type: ColumnType, text: string): string[] {
  const schema = schemas[type];
  if (!schema) return [text];
  return listOf(schema, text).map((entry) => (typeof entry === 'string' ? entry : labelOf(entry)));
}

/** The cell with some classes called another name; a list that held both names has it once. */
export function renamedIn(type: ColumnType, text: string, from: ReadonlySet<string>, to: string): string {
  const schema = schemas[type];
  const renamed = (label: string) => (from.has(label) ? to : label);
  if (!schema) return renamed(text);
  const list = listOf(schema, text).map((entry) => {
    return typeof entry === 'string' ? renamed(entry) : { ...Object(entry), label: renamed(labelOf(entry)) };
  });
  return JSON.stringify(type === 'labels' ? [...new Set(list)] : list);
}

/** Empty for what is no such list. */
function listOf(schema: z.ZodType<readonly unknown[]>, text: string): readonly unknown[] {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}

function labelOf(entry: unknown): string {
  return typeof entry === 'object' && entry !== null && 'label' in entry ? String(entry.label) : '';
}

/** Whether cells of a type are lists in JSON. */
export function isListType(type: ColumnType): boolean {
  return schemas[type] !== undefined;
}

/** `cat, dog ×2` for a list of classes, boxes or spans; the cell itself for an empty list, and where it is no list. */
export function listWords(type: ColumnType, text: string): string {
  const counts = new Map<string, number>();
  for (const label of isListType(type) ? labelsIn(type, text) : []) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size === 0) return text;
  return [...counts].map(([label, count]) => (count > 1 ? `${label} ×${count}` : label)).join(', ');
}
