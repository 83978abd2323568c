/** Runs on their way out, into folders that other tools read. */
import { z } from 'zod';

/** Input of the job `export-runs`. */
export const exportRunsInputSchema = z.object({
  ids: z.array(z.string()).min(1).max(10_000),
  /** Of the catalog's `run-formats`. */
  format: z.string(),
  /** Absolute path of the folder to make. */
  place: z.string(),
});
export type ExportRunsInput = z.infer<typeof exportRunsInputSchema>;

export const exportRunsResultSchema = z.object({ place: z.string(), runs: z.number().int() });
export type ExportRunsResult = z.infer<typeof exportRunsResultSchema>;
