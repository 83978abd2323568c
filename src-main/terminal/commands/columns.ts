/** `columns`: what each column of a dataset holds and how it goes together with the target; or one column in full, by class. */
import { z } from 'zod';
import {
  CodedError,
  type Column,
  type ColumnMeasure,
  type ColumnProfile,
  type DatasetVersion,
  type DataSetup,
  type Relation,
} from '../../contract';
import { findProjectByDataset } from '../../storage/projects';
import { one, type CommandDefinition } from '../command-definition';
import { findDataset } from '../references';
import type { Session } from '../session';
import { formatTable, type Cell } from '../table';

const optionsSchema = z.object({ column: z.string().optional() });

export const command: CommandDefinition = {
  order: 5,
  usage: 'columns <dataset>',
  description: 'Tell what the columns of a dataset hold, and how each goes together with the target.',
  options: (command) => command.option('--column <name>', 'one column in full, and per class'),
  async run(session, parameters, raw) {
    const { column } = optionsSchema.parse(raw);
    const name = one(parameters);
    const dataset = await findDataset(session, name);
    if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: name });
    const version = await session.services.datasets.version({ id: dataset.latestVersionId });
    const setup = chooseSetup(session, version);
    if (column !== undefined) {
      const profile = await session.services.profiles.column({ setup, column });
      return session.output.result(profile, profileText(profile));
    }
    const relations = setup.task === '' ? [] : await session.services.profiles.relations(setup);
    const sizes = await session.services.profiles.pictureSizes({ versionId: version.id });
    const listed = version.columns.map(({ name: own, type, missing, distinct, statistics }) => {
      return { name: own, type, missing, distinct, statistics, relation: relationOf(relations, own) };
    });
    session.output.result(
      { target: setup.task === '' ? null : setup.target, columns: listed, sizes },
      [
        columnsText(version.columns, setup, relations),
        ...(sizes ? [`Pictures came in ${sizes.distinct} sizes: ${sizes.frequent.map(sizeText).join(', ')}.`] : []),
      ].join('\n'),
    );
  },
};

/** The project's own choices; without a task where none was made or proposed. */
function chooseSetup({ library }: Session, version: DatasetVersion): DataSetup {
  const own = findProjectByDataset(library.db, version.datasetId)?.data ?? version.proposed;
  const split = { kind: 'random', seed: 1, validation: 0, test: 0, stratified: false } as const;
  const none = { target: version.columns[0]?.name ?? '', task: '', types: {}, split };
  return { ...(own ?? none), versionId: version.id };
}

function relationOf(relations: readonly Relation[], column: string): Relation | null {
  return relations.find((relation) => relation.column === column) ?? null;
}

function columnsText(columns: readonly Column[], setup: DataSetup, relations: readonly Relation[]): string {
  const rows = columns.map(({ name, type, missing, distinct, statistics }): Cell[] => {
    const relation = relationOf(relations, name);
    const figures = [statistics?.mean ?? null, statistics?.standardDeviation ?? null];
    const place = name === setup.target && setup.task !== '' ? 'target' : (relation?.measure ?? null);
    return [name, type, missing, distinct, ...figures, place, relation?.value ?? null];
  });
  return formatTable(['column', 'type', 'missing', 'distinct', 'mean', 'deviation', 'relation by', 'relation'], rows);
}

function sizeText({ width, height, count }: { width: number; height: number; count: number }): string {
  return `${width} × ${height} (${count})`;
}

function profileText({ column, measured, measures }: ColumnProfile): string {
  if (measures.length === 0) return `${column}: nothing of this type of column is measured.`;
  return [`${column}: measured on ${measured} rows.`, ...measures.map(measureText)].join('\n\n');
}

function measureText({ measure, spread, classes, moreClasses }: ColumnMeasure): string {
  const more = moreClasses > 0 ? [`… and ${moreClasses} more classes.`] : [];
  if (measure === 'categories') {
    const rows = classes.map(({ label, rows: count, missing, categories }): Cell[] => {
      return [label, count, missing, categories.map(({ value, count: own }) => `${value} ${own}`).join(', ')];
    });
    return [formatTable(['class', 'rows', 'missing', 'most frequent'], rows), ...more].join('\n');
  }
  const all = { label: 'all', rows: spread?.count ?? 0, missing: null, spread };
  const rows = [all, ...classes].map(({ label, rows: count, missing, spread: own }): Cell[] => {
    const figures = [own?.minimum, own?.median, own?.mean, own?.maximum, own?.deviation];
    return [label, count, missing, ...figures.map((figure) => figure ?? null)];
  });
  const heads = ['class', 'rows', 'missing', 'smallest', 'median', 'mean', 'largest', 'deviation'];
  return [measure, formatTable(heads, rows), ...more].join('\n');
}
