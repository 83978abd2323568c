/** `merge-labels`: two people's labels of the same rows, how far they agree, and with `--apply` the agreed ones as one step. */
import { basename, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import {
  addedTypeSchema,
  answerSteps,
  CodedError,
  kappaRange,
  mergeAnswersOf,
  type AddedType,
  type ColumnType,
  type Kappa,
  type Labeller,
  type Merge,
  type MergePart,
} from '../../contract';
import { startAssist } from '../../services/assist';
import { many, one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import type { Session } from '../session';
import { formatTable } from '../table';
import { findVersion, requireDataset } from '../version-references';

const optionsSchema = z.object({
  column: z.string(),
  of: z.string().optional(),
  type: addedTypeSchema.default('category'),
  apply: z.boolean().optional(),
  single: z.boolean().optional(),
});

/** Classes in a table on the screen. */
const MOST_COLUMNS = 12;

export const command: CommandDefinition = {
  order: 4.7,
  usage: 'merge-labels <dataset> <labellers...>',
  description: "Compare two people's labels (two CSV files, or two columns of the data) and merge what agrees.",
  options: (command) =>
    command
      .requiredOption('--column <column>', 'the column that takes the labels; made where it is new')
      .option('--of <version>', 'the version, else the one that its project works on')
      .option('--type <type>', 'type of a new column: category, labels, boxes, spans, number or text')
      .option('--apply', 'label the rows on which both agree, as one step')
      .option('--single', 'label the rows that only one of them answered, as one step'),
  async run(session, parameters, raw) {
    const { column, of, type: wanted, apply, single } = optionsSchema.parse(raw);
    const dataset = await requireDataset(session, one(parameters));
    const { id: versionId } = await findVersion(session, dataset, of);
    const [first, second, ...others] = many(parameters, 1).map(labellerOf);
    if (!first || !second || others.length > 0) {
      throw new CodedError('argument-invalid', { name: 'labellers', detail: 'exactly two are compared' });
    }
    const known = await typeOf(session, versionId, column);
    const input = { versionId, column, type: known ?? wanted, labellers: [first, second] as [Labeller, Labeller] };
    await followProgress(session, startAssist(session.context, 'merge-labels', input).id);
    const merge = await session.services.assist.lastMerge({ versionId, column });
    if (!merge) throw new CodedError('not-found', { what: 'merge', id: column });
    const parts: MergePart[] = [...(apply ? (['agreed'] as const) : []), ...(single ? (['single'] as const) : [])];
    for (const [place, part] of parts.entries()) {
      await take(session, merge, part, known === null && place === 0 ? wanted : null);
    }
    session.output.result(merge, mergeText(merge, parts));
  },
};

/** A file that is there, else a column. */
function labellerOf(text: string): Labeller {
  const path = resolve(text);
  return existsSync(path) || /\.(csv|tsv|txt)$/i.test(text)
    ? { kind: 'file', path, name: basename(path) }
    : { kind: 'column', name: text };
}

/** Null where there is no such column yet. */
async function typeOf({ services }: Session, versionId: string, column: string): Promise<ColumnType | null> {
  const version = await services.datasets.version({ id: versionId });
  const { added } = await services.edits.pending({ versionId });
  return [...version.columns, ...added].find(({ name }) => name === column)?.type ?? null;
}

async function take({ services }: Session, merge: Merge, part: MergePart, added: AddedType | null): Promise<void> {
  const { answers } = mergeAnswersOf(merge, part);
  for (const edits of answerSteps(merge.column, answers, added)) {
    await services.edits.append({ versionId: merge.versionId, edits });
  }
}

function mergeText(merge: Merge, taken: readonly MergePart[]): string {
  const { labellers, both, disputed } = merge;
  const { count: agreedRows } = mergeAnswersOf(merge, 'agreed');
  const { count: singleRows } = mergeAnswersOf(merge, 'single');
  const labelled = taken.reduce((sum, part) => sum + mergeAnswersOf(merge, part).count, 0);
  return [
    ...labellers.map(
      ({ name, labelled, unmatched, repeated, key, examples }) =>
        `${name}: ${labelled} labels, found by "${key}"; ${unmatched} match no row${examples.length > 0 ? ` (${examples.slice(0, 3).join(', ')}${unmatched > 3 ? ', …' : ''})` : ''}, ${repeated} name a row again.`,
    ),
    `Both labelled ${both} rows and agree on ${agreedRows} (${(100 * merge.same).toFixed(1)} %); ${disputed.length} are disputed, and ${singleRows} rows have an answer of one alone.`,
    ...measureText(merge),
    taken.length > 0
      ? `${labelled} rows were labelled.`
      : 'Nothing was changed; --apply labels the rows on which both agree, --single those that one alone answered.',
  ].join('\n');
}

function measureText({ agreement }: Merge): string[] {
  switch (agreement.kind) {
    case 'classes': {
      const { overall, classes, table } = agreement;
      if (classes.length > MOST_COLUMNS) return [kappaText('', overall)];
      const lines = classes.map((name, place) => [name, ...(table[place] ?? []).map(String)]);
      return [kappaText('', overall), formatTable(['first ↓ second →', ...classes], lines)];
    }
    case 'labels':
      return agreement.perClass.map(({ label, agreement: own }) => kappaText(` of ${label}`, own));
    case 'boxes': {
      const { f1, first, second, matched } = agreement;
      return f1 === null ? [] : [`${matched} of ${first} and ${second} boxes are the same (F1 ${f1.toFixed(3)}).`];
    }
    case 'numbers': {
      const { correlation, meanDifference, deviation } = agreement;
      const r = correlation === null ? 'no correlation' : `correlation ${correlation.toFixed(3)}`;
      return [`Numbers: ${r}; the second is ${meanDifference.toFixed(3)} ± ${deviation.toFixed(3)} above the first.`];
    }
    case 'texts':
      return [];
  }
}

function kappaText(of: string, { kappa, standardError }: Kappa): string {
  if (kappa === null || standardError === null) return `Cohen's κ${of}: not defined, as both gave one class only.`;
  const half = 1.959964 * standardError;
  return `Cohen's κ${of} = ${kappa.toFixed(3)} (95 %: ${(kappa - half).toFixed(3)} to ${Math.min(1, kappa + half).toFixed(3)}), "${kappaRange(kappa)}" by the convention of Landis and Koch.`;
}
