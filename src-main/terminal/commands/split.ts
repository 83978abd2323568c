/** `split`: how a dataset's rows are divided, what came of it, and what is on two sides at once. */
import { z } from 'zod';
import { CodedError, type DataSetup, type Leakage, type Split, type SplitFacts } from '../../contract';
import { suggestSplit } from '../../catalog';
import { startDuplicates } from '../../services/splits';
import { findProjectByDataset } from '../../storage/projects';
import { one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import { findDataset } from '../references';
import type { Session } from '../session';
import { parseSplit, splitOption, splitText } from '../split-option';
import { formatTable } from '../table';

const optionsSchema = z.object({ split: z.string().optional(), keep: z.boolean().optional() });
/** Sets of like rows that are told. */
const TOLD = 5;

export const command: CommandDefinition = {
  order: 3.5,
  usage: 'split <dataset>',
  description: 'Show how rows are divided, and the rows that have a duplicate on another side.',
  options: (command) => command.option(...splitOption).option('--keep', 'keep the split of --split for runs to come'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const { projectId, data: kept } = await findSetup(session, one(parameters));
    const data = options.split === undefined ? kept : { ...kept, split: parseSplit(options.split, kept.split) };
    const described = await session.services.datasets.describe(data);
    if (options.keep) await session.services.projects.update({ id: projectId, data });
    await followProgress(session, startDuplicates(session.context, data).id);
    const leakage = await session.services.splits.leakage(data);
    if (!leakage) throw new CodedError('duplicates-unknown');
    const version = await session.services.datasets.version({ id: data.versionId });
    const suggestion = suggestSplit(version, data.target);
    session.output.result(
      { split: data.split, counts: described.counts, facts: described.split, leakage, suggestion },
      [
        `Split: ${splitText(data.split)}.`,
        partsTable(described.counts, described.split),
        ...notes(data.split, described.split),
        '',
        ...leakageLines(leakage),
        ...(suggestion && data.split.kind === 'random'
          ? [`The column "${suggestion.column}" suggests --split "${suggestion.kind}:column=${suggestion.column}".`]
          : []),
      ].join('\n'),
    );
  },
};

/** @throws CodedError `not-found`, `task-unfit` */
async function findSetup(session: Session, text: string): Promise<{ projectId: string; data: DataSetup }> {
  const dataset = await findDataset(session, text);
  if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: text });
  const project = findProjectByDataset(session.library.db, dataset.id);
  if (!project?.data) throw new CodedError('task-unfit');
  return { projectId: project.id, data: project.data };
}

const partNames = ['training', 'validation', 'test'] as const;

function partsTable(counts: Readonly<Record<(typeof partNames)[number], number>>, facts: SplitFacts): string {
  const { groups, ranges, given } = facts;
  return formatTable(
    [
      'part',
      'rows',
      ...(groups ? ['groups'] : []),
      ...(ranges ? ['from', 'to'] : []),
      ...(given ? ['named by the data'] : []),
    ],
    partNames.map((part) => [
      part,
      counts[part],
      ...(groups ? [groups[part]] : []),
      ...(ranges ? [ranges[part]?.from ?? '–', ranges[part]?.to ?? '–'] : []),
      ...(given ? [given[part]] : []),
    ]),
  );
}

function notes(split: Split, { leftOut, withoutValue, given }: SplitFacts): string[] {
  const isUnused = split.kind === 'given' && !split.ownValidation && (given?.validation ?? 0) > 0;
  return [
    ...(isUnused
      ? [
          'The data names validation rows, but this split draws its own.',
          'To take them: --split given:own-validation=true --keep.',
        ]
      : []),
    ...(leftOut > 0 ? [`${leftOut} rows are left out.`] : []),
    ...(withoutValue > 0 ? [`${withoutValue} rows have no value in the split's column.`] : []),
  ];
}

function leakageLines({ columns, exact, near, examples, textsCompared }: Leakage): string[] {
  const compared = `Rows were compared in ${columns.length} columns: ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ', …' : ''}.`;
  const limits = textsCompared ? [] : ['There are too many texts to compare them word by word.'];
  const none = exact.sets + near.sets === 0 ? ['No row has a duplicate on another side.'] : [];
  const line = (name: string, { sets, training, validation, test }: Leakage['exact']) =>
    sets === 0
      ? []
      : [
          `${name} duplicates on two sides: ${sets} sets; ${test} test rows, ${validation} validation rows have one among rows before them; ${training} training rows among those after.`,
        ];
  const shown = examples.slice(0, TOLD).map(({ alike, rows, size }) => {
    const places = rows.map(({ index, part }) => `row ${index + 1} (${part})`).join(', ');
    return `  ${alike}: ${places}${size > rows.length ? `, ${size - rows.length} more` : ''}`;
  });
  return [compared, ...limits, ...none, ...line('Exact', exact), ...line('Near', near), ...shown];
}
