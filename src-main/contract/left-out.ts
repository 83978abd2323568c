/**
 * What an import left out, file by file and row by row, each with its reason. A reason is an error's code and parameters, so
 * that it is told in the same words as the refusal of a whole import. Kept in a file beside the version's rows.
 */
import { z } from 'zod';
import { csvCell } from './csv-cell';
import { describeError, wireErrorSchema } from './errors';
import type { Locale } from './text';

export const leftOutSchema = z.object({
  /** The file as people know it: its path below what was imported. */
  file: z.string(),
  /** The line as an editor counts them, from 1; null where the whole file was left out. */
  row: z.number().int().nullable(),
  reason: wireErrorSchema,
});
export type LeftOut = z.infer<typeof leftOutSchema>;

export const leftOutReportSchema = z.object({
  /** All that was left out, kept or not. */
  total: z.number().int(),
  /** How often each reason was met, by its code, the most frequent first. */
  counts: z.array(z.object({ code: z.string(), count: z.number().int() })),
  /** The first that were met, in the order of reading. */
  kept: z.array(leftOutSchema),
});
export type LeftOutReport = z.infer<typeof leftOutReportSchema>;

/** The report as CSV, for a spreadsheet: `file,row,code,reason`, the reason in words. */
export function leftOutToCsv(entries: readonly LeftOut[], locale: Locale): string {
  const rows = entries.map(({ file, row, reason }) => {
    const cells = [file, reason.code, describeError(reason, locale).message].map(csvCell);
    return [cells[0], row ?? '', cells[1], cells[2]].join(',');
  });
  return ['file,row,code,reason', ...rows].join('\n') + '\n';
}
