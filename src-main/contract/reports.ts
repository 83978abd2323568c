/** A report of runs as a person puts it together: panels in their order and what is written around them. */
import { z } from 'zod';
import { localeSchema } from './text';

/** More side by side are no table that a page holds. */
export const mostReported = 12;

export const reportBlockSchema = z.object({
  /** Unique within the report. */
  id: z.string().min(1).max(40),
  /** Of the catalog's `report/blocks`. */
  kind: z.string().max(40),
  /** What the person says of it, by the names that its kind has: `text`, `metric`. */
  values: z.record(z.string().max(40), z.string().max(50_000)),
});
export type ReportBlock = z.infer<typeof reportBlockSchema>;

export const reportSchema = z.object({
  title: z.string().max(300),
  /** The first is what the others are held against. */
  runIds: z.array(z.string()).min(1).max(mostReported),
  blocks: z.array(reportBlockSchema).max(200),
});
export type Report = z.infer<typeof reportSchema>;

export const reportQuestionSchema = z.object({ report: reportSchema, locale: localeSchema });
export type ReportQuestion = z.infer<typeof reportQuestionSchema>;
