/** The table of runs: a lean row for each, the marks that people give them, and the views of the table that they keep. */
import { z } from 'zod';
import { fieldValuesSchema } from './network';
import { runParentSchema } from './branches';
import { runTimesSchema } from './queue';
import { bestSchema, metricValuesSchema, runStateSchema } from './runs';

export const tagSchema = z.string().trim().min(1).max(60);
const tagsSchema = z.array(tagSchema).max(50);

export const runSummarySchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  note: z.string(),
  state: runStateSchema,
  tags: tagsSchema,
  starred: z.boolean(),
  archived: z.boolean(),
  deleted: z.boolean(),
  datasetName: z.string(),
  parameterCount: z.number().int().nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  times: runTimesSchema,
  parent: runParentSchema.nullable(),
  epochsDone: z.number().int(),
  /** By the measure that the run watches, as in `Run`. */
  best: bestSchema.nullable(),
  last: metricValuesSchema.nullable(),
  test: metricValuesSchema.nullable(),
  /** Each metric at its best, by its own direction: `[value, epoch]`. */
  bests: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** Data, network and settings as flat values; runs with the same share one object. */
  values: fieldValuesSchema,
  sparkline: z.array(z.number()),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Runs that changed after `since`, the earliest change first. Equal values are sent once. */
export const runChangesSchema = z.object({
  runs: z.array(runSummarySchema.omit({ values: true }).extend({ setup: z.number().int() })),
  /** What `setup` of a run points into. */
  setups: z.array(fieldValuesSchema),
  /** To ask with the next time. */
  revision: z.number().int(),
  /** There are more already. */
  more: z.boolean(),
});
export type RunChanges = z.infer<typeof runChangesSchema>;

/** The runs of one part, each with its setup's values. */
export function runsOfChanges({ runs, setups }: RunChanges): readonly RunSummary[] {
  return runs.map(({ setup, ...run }) => ({ ...run, values: setups[setup] ?? {} }));
}

/** What is to hold of a run from now on; what is absent stays. */
export const runMarksSchema = z.object({
  id: z.string(),
  tags: tagsSchema.optional(),
  starred: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export type RunMarks = z.infer<typeof runMarksSchema>;

/** Which runs a table holds: those at hand, the archived ones too, or the deleted ones alone. */
export type RunShelf = 'current' | 'archived' | 'deleted';

export const isOnShelf: Readonly<Record<RunShelf, (run: RunSummary) => boolean>> = {
  current: (run) => !run.deleted && !run.archived,
  archived: (run) => !run.deleted,
  deleted: (run) => run.deleted,
};

/** How the table of runs looks: fields by their keys in the catalog's run fields. */
export const runTableViewSchema = z.object({
  query: z.string().max(2000),
  sort: z.object({ field: z.string().max(200), descending: z.boolean() }),
  columns: z.array(z.string().max(200)).max(200),
  group: z.string().max(200).nullable(),
});
export type RunTableView = z.infer<typeof runTableViewSchema>;

export const savedRunViewSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(60),
  view: runTableViewSchema,
});
export type SavedRunView = z.infer<typeof savedRunViewSchema>;
