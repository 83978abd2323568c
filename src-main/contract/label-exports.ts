/** Labels on their way out of the app, into files that other tools read. */
import { z } from 'zod';
import { columnTypeSchema } from './data';
import { textSchema } from './text';

/** A way to write labels, as a person chooses it. */
export const labelFormatSchema = z.object({
  id: z.string(),
  label: textSchema,
  /** In one sentence. */
  about: textSchema,
  /** Of the one file that it makes; null where it makes a folder. */
  extension: z.string().nullable(),
  /** It holds boxes over pictures and nothing else; pictures may lie beside them. */
  isOfBoxes: z.boolean(),
  /** Whether the data has what it holds. */
  fits: z.boolean(),
});
export type LabelFormatFacts = z.infer<typeof labelFormatSchema>;

/** A column with its edits that may be exported. */
export const exportedColumnSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  /** Labels at first sight: lists of labels, what is to be learned, what was filled by hand. */
  isLabel: z.boolean(),
});
export type ExportedColumn = z.infer<typeof exportedColumnSchema>;

/** Input of the job `export-labels`. Pending edits count; no version is made of them. */
export const exportLabelsInputSchema = z.object({
  versionId: z.string(),
  format: z.string(),
  /** Empty for those that are labels at first sight; formats of boxes take the first of boxes. */
  columns: z.array(z.string()).max(10_000),
  /** Puts the pictures beside their boxes, so that the folder can be imported as it is. */
  pictures: z.boolean(),
  /** Absolute path of the file or folder to make. */
  place: z.string(),
  /** A file that is there is written over; a folder with something in it never is. */
  replace: z.boolean(),
});
export type ExportLabelsInput = z.infer<typeof exportLabelsInputSchema>;

export const exportLabelsResultSchema = z.object({
  place: z.string(),
  /** Rows that somebody has looked at. */
  rows: z.number().int(),
  /** Classes, boxes, marked stretches and values. */
  labels: z.number().int(),
});
export type ExportLabelsResult = z.infer<typeof exportLabelsResultSchema>;
