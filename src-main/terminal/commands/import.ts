/** `import`: a file or a sample → a dataset with a project over it. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { z } from 'zod';
import { findIn, findings, tasksWithoutTarget, type Found } from '../../catalog';
import {
  CodedError,
  delimiters,
  importEndSchema,
  importResultSchema,
  readingSchema,
  type Column,
  type DatasetVersion,
  type ImportInput,
  type ImportResult,
  type Job,
  type Text,
} from '../../contract';
import { continueImport, startImport } from '../../services/jobs';
import { importInput, listInterruptedImports } from '../../storage/interrupted-imports';
import { followProgress } from '../follow';
import type { Session } from '../session';
import { importPortable, isPortable } from '../portable-import';
import { parseSplit, splitOption, splitText } from '../split-option';
import { formatTable } from '../table';
import { one, type CommandDefinition } from '../command-definition';
import { readReport, saveReport } from './report';

const optionsSchema = z.object({
  target: z.string().optional(),
  name: z.string().optional(),
  report: z.string().optional(),
  kind: z.string().optional(),
  split: z.string().optional(),
  firstRow: readingSchema.shape.header,
  delimiter: readingSchema.shape.delimiter,
  rows: readingSchema.shape.rows,
  table: readingSchema.shape.table,
  resume: z.boolean().optional(),
});

export const command: CommandDefinition = {
  order: 2,
  usage: 'import [path]',
  description:
    'Import a file, a sample as sample:ID, or what `export` made (.tandem); with --resume, go on with an interrupted import (see imports).',
  options: (command) =>
    command
      .option('--target <column>', 'the column that is to be predicted')
      .option('--name <name>', "the dataset's name")
      .option(
        '--kind <kind>',
        `the kind of data, where the app finds another: ${findings.all.map(({ id }) => id).join(', ')}`,
      )
      .option('--resume', 'go on with an interrupted import: [path] is its source or its id; left out, the only one')
      .option('--report <file>', 'write what was left out, and why, into a CSV file')
      .addOption(
        new Option(
          '--first-row <what>',
          'what the first row of a table is, where the app takes it for the other',
        ).choices(['names', 'data']),
      )
      .addOption(new Option('--delimiter <what>', 'what parts the values of a row').choices(Object.keys(delimiters)))
      .addOption(new Option('--rows <what>', 'what one row of a text is').choices(['line', 'paragraph']))
      .option('--table <name>', 'which of several tables: a sheet, a table of a database, a file of a folder or zip')
      .option(...splitOption),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const path = one(parameters);
    refuseUnfit(path, options);
    if (isPortable(path)) return importPortable(session, path);
    const result = options.resume ? await goOn(session, path) : await begin(session, path, options);
    if (options.kind !== undefined) {
      session.services.datasets.setFinding({ datasetId: result.datasetId, finding: options.kind });
    }
    if (options.report !== undefined) {
      await saveReport(options.report, (await readReport(session, result.versionId)).entries);
    }
    if (options.split !== undefined) await divide(session, result, options.split);
    await report(session, result);
  },
};

/** @throws CodedError `argument-invalid` */
function refuseUnfit(path: string, { resume, name, target, firstRow }: z.output<typeof optionsSchema>): void {
  if (!resume && path === '') {
    throw new CodedError('argument-invalid', { name: 'path', detail: 'say which file, folder or sample:ID to import' });
  }
  if (resume && [name, target, firstRow].some((option) => option !== undefined)) {
    const detail = 'an import goes on as it was begun: leave out --name, --target and --first-row';
    throw new CodedError('argument-invalid', { name: 'resume', detail });
  }
}

async function begin(session: Session, path: string, options: z.output<typeof optionsSchema>): Promise<ImportResult> {
  const [waiting] = interruptedOf(session, path);
  if (waiting) {
    session.output.warn(
      `An import of it was interrupted; --resume goes on with it (${waiting.id}), \`tandem imports\` lists and discards.`,
    );
  }
  return importFrom(session, {
    source: sourceOf(path),
    name: options.name ?? null,
    target: options.target ?? null,
    reading: { header: options.firstRow, delimiter: options.delimiter, rows: options.rows, table: options.table },
  });
}

/**
 * @param text the source, or the id, of an interrupted import; empty for the only one.
 * @throws CodedError `import-not-interrupted`, `imports-none-interrupted`, `imports-several-interrupted`;
 *   `tree-several-tables` where the window would ask; the import's own
 */
async function goOn(session: Session, text: string): Promise<ImportResult> {
  const all = listInterruptedImports(session.library.db);
  const job = text === '' ? onlyOf(all) : (all.find(({ id }) => id === text) ?? interruptedOf(session, text)[0]);
  if (!job) throw new CodedError('import-not-interrupted', { id: text });
  const { id } = await continueImport(session.context, job.id);
  const end = importEndSchema.parse(await followProgress(session, id));
  if (!('tables' in end)) return end;
  const names = end.tables.map(({ name }) => name).join(', ');
  throw new CodedError('tree-several-tables', { file: job.subject, count: end.total, names });
}

function onlyOf([first, ...others]: readonly Job[]): Job {
  if (!first) throw new CodedError('imports-none-interrupted');
  if (others.length === 0) return first;
  const list = [first, ...others].map(({ id, subject }) => `${subject} (${id})`).join(', ');
  throw new CodedError('imports-several-interrupted', { count: others.length + 1, list });
}

function sourceOf(path: string): ImportInput['source'] {
  return path.startsWith('sample:')
    ? { kind: 'sample', id: path.slice('sample:'.length) }
    : { kind: 'file', path: resolve(path) };
}

/** Interrupted imports of a source, the last first. */
function interruptedOf({ library: { db } }: Session, path: string): Job[] {
  const source = JSON.stringify(sourceOf(path));
  return listInterruptedImports(db).filter(({ id }) => JSON.stringify(importInput(db, id).source) === source);
}

/** Keeps another split for the project. @throws CodedError as `parseSplit` and `describe`; the proposed split stays then */
async function divide({ services }: Session, { projectId }: ImportResult, text: string): Promise<void> {
  const { data } = await services.projects.get({ id: projectId });
  if (!data) throw new CodedError('task-unfit');
  const divided = { ...data, split: parseSplit(text, data.split) };
  await services.datasets.describe(divided);
  await services.projects.update({ id: projectId, data: divided });
}

/** Imports and waits. @throws CodedError the import's own */
export async function importFrom(session: Session, input: ImportInput): Promise<ImportResult> {
  const job = startImport(session.supervisor, input);
  return importResultSchema.parse(await followProgress(session, job.id));
}

function findingText(rowCount: number, columns: readonly Column[], { finding, tasks, notYet }: Found): string {
  const words = (list: readonly { readonly label: Text }[]) => list.map(({ label }) => label.en).join(', ');
  return [
    `Found: ${finding.sentence({ rowCount, columns }).en}`,
    ...(tasks.length > 0 ? [`Can be trained here: ${words(tasks)}.`] : []),
    ...(notYet.length > 0 ? [notYetText(words(notYet), tasks.length > 0)] : []),
  ].join(' ');
}

function notYetText(words: string, otherFits: boolean): string {
  return otherFits
    ? `A task made for this kind of data is not there yet: ${words}.`
    : `Can't be trained yet: ${words}. You can look at and check the data.`;
}

/** What can be done where no target suggested itself. */
function withoutOne(version: DatasetVersion): string {
  const [alone] = tasksWithoutTarget(version);
  const asTheyAre = alone ? ` \`train\` takes the data as they are: ${alone.label.en.toLowerCase()}.` : '';
  return `No target was found; choose one with --target when you train.${asTheyAre}`;
}

async function report({ services, output }: Session, result: ImportResult): Promise<void> {
  const version = await services.datasets.version({ id: result.versionId });
  const { data } = await services.projects.get({ id: result.projectId });
  const columns = version.columns.map(({ name, type, missing, distinct }) => ({ name, type, missing, distinct }));
  const found = findIn(version);
  const chosen = data ? `Target: ${data.target} (${data.task}). Split: ${splitText(data.split)}.` : withoutOne(version);
  const leftOut = version.notes.find(({ code }) => code === 'left-out')?.parameters['count'] ?? 0;
  output.result(
    {
      ...result,
      name: version.datasetName,
      rows: version.rowCount,
      columns,
      target: data?.target ?? null,
      task: data?.task ?? null,
      finding: {
        kind: found.finding.id,
        tasks: found.tasks.map(({ id }) => id),
        notYet: found.notYet.map(({ id }) => id),
      },
      split: data?.split ?? null,
      notes: version.notes,
      leftOut,
    },
    [
      `${version.datasetName}: ${version.rowCount} rows, ${columns.length} columns. ${chosen}`,
      findingText(version.rowCount, version.columns, found),
      formatTable(
        ['column', 'type', 'missing', 'distinct'],
        columns.map((column) => [column.name, column.type, column.missing, column.distinct]),
      ),
      ...(leftOut === 0 ? [] : [`${leftOut} left out; \`tandem report\` tells which and why.`]),
    ].join('\n'),
  );
}
