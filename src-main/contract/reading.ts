/**
 * How a file is read where a file alone does not say it for sure: the app judges, says what it took, and a person may say
 * otherwise. What a version was read with stands in its notes, so that it needs no place of its own.
 */
import { z } from 'zod';
import type { DatasetVersion } from './data';

export const delimiters = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;
export type DelimiterName = keyof typeof delimiters;

export const readingSchema = z.object({
  /** The first row of a table: names of the columns, or a row of data as the others are. */
  header: z.enum(['names', 'data']).optional(),
  /** What parts the values of a row. */
  delimiter: z.enum(['comma', 'semicolon', 'tab', 'bar']).optional(),
  /** What one row is of a text. */
  rows: z.enum(['line', 'paragraph']).optional(),
  /** Which of several tables: a sheet of a workbook, a table of a database, a file of a folder or archive. */
  table: z.string().min(1).max(1000).optional(),
});
/** What a person says of a file; what they leave out is the app's to judge. */
export type Reading = z.infer<typeof readingSchema>;
export type ReadingChoice = keyof Reading;

export const readingChoices = Object.keys(readingSchema.shape) as ReadingChoice[];

/** Tables that are told of at most: more are no list to choose from. */
export const mostTables = 500;

/** One of several tables of a file. */
const tableFoundSchema = z.object({
  /** As `Reading` names it. */
  name: z.string(),
  /** Without what names the columns; null where counting would take long. */
  rows: z.number().int().nullable(),
  columns: z.number().int().nullable(),
});
export type TableFound = z.infer<typeof tableFoundSchema>;

/** What an import ends with where a person has to say first which table they mean. */
export const tableListSchema = z.object({
  /** The likeliest first. */
  tables: z.array(tableFoundSchema).min(2).max(mostTables),
  /** How many there are. */
  total: z.number().int(),
});
export type TableList = z.infer<typeof tableListSchema>;

type Notes = DatasetVersion['notes'];
/** Notes that tell which of several tables was read. */
const tableCodes = ['table-taken', 'table-chosen', 'sheet-chosen'];

/** Kinds of source whose first row is judged. */
const headedKinds = ['csv', 'excel', 'spaced'];

/** What a version was read with, by its notes; only what such a source is asked. */
export function readingOf({ source, notes }: Pick<DatasetVersion, 'source' | 'notes'>): Reading {
  const table = parameter(notes, tableCodes, ['table', 'sheet']);
  const delimiter = parameter(notes, ['delimiter'], ['delimiter']);
  const names = Object.keys(delimiters) as DelimiterName[];
  // A folder or zip is read as the table in it is.
  const kind = parameter(notes, ['table-inside'], ['kind']) ?? source.kind;
  return {
    ...(headedKinds.includes(kind) && {
      header: has(notes, 'no-header') ? 'data' : 'names',
    }),
    ...(kind === 'csv' && { delimiter: names.find((name) => name === delimiter) ?? 'comma' }),
    ...(has(notes, 'text-by-line') && { rows: 'line' }),
    ...(has(notes, 'text-by-paragraph') && { rows: 'paragraph' }),
    ...(table !== null && { table }),
  };
}

/** How many tables its file holds; 1 where it is no choice. */
export function tableCount({ notes }: Pick<DatasetVersion, 'notes'>): number {
  return Number(parameter(notes, tableCodes, ['count']) ?? 0) + 1;
}

function has(notes: Notes, code: string): boolean {
  return notes.some((note) => note.code === code);
}

function parameter(notes: Notes, codes: readonly string[], names: readonly string[]): string | null {
  const note = notes.find(({ code }) => codes.includes(code));
  const value = names.map((name) => note?.parameters[name]).find((each) => each !== undefined);
  return value === undefined ? null : String(value);
}
