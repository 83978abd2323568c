/** What import proposes to a person: a target, the task that fits it, and a split. They may change each. */
import { CodedError, type Column, type DatasetVersion } from '../contract';
import { forecastParts, partColumn, startingSplit, startingSteps, tasksFor } from '../catalog';
import { effectiveType, findColumn, type SetupChoices } from './columns';

/** Names that people give to what is to be predicted. */
const TARGET_NAMES = [
  'target',
  'label',
  'rating',
  'class',
  'species',
  'category',
  'y',
  'outcome',
  'diagnosis',
  'quality',
  'income',
  'survived',
  'result',
];
/** A column of whole numbers with at most so many distinct values, named or placed as a target, is read as classes. */
const MOST_NUMBER_CLASSES = 20;

/**
 * @param target a column's name that the person or the sample gave; null to look for one.
 * @returns null where no column suggests itself.
 * @throws CodedError for a given target: `column-missing`, `target-empty`, `target-one-class`, `target-not-learnable`
 */
export function proposeSetup(
  version: Pick<DatasetVersion, 'columns' | 'hasGivenSplit' | 'source' | 'rowCount'>,
  target: string | null,
): SetupChoices | null {
  if (target !== null) return givenTarget(version, target);
  // What says training and test is no target.
  const parts = partColumn(version, '');
  for (const column of candidates(version.columns.filter(({ name }) => name !== parts))) {
    const setup = setupFor(version, column);
    if (setup) return setup;
  }
  return null;
}

function givenTarget(version: Parameters<typeof proposeSetup>[0], name: string): SetupChoices {
  const { column } = findColumn({ columns: version.columns } as DatasetVersion, name);
  if (column.distinct === 0) throw new CodedError('target-empty', { column: name });
  if (column.distinct === 1) {
    throw new CodedError('target-one-class', {
      column: name,
      value: column.examples[0] ?? '',
      file: version.source.name,
    });
  }
  const setup = setupFor(version, column);
  if (setup) return setup;
  throw new CodedError('target-not-learnable', { column: name });
}

/** Columns in the order in which they suggest themselves: by name, then categories from the last, then the last number. */
function candidates(columns: readonly Column[]): Column[] {
  const usable = columns.filter(
    (column) => column.distinct > 1 && (column.type === 'category' || column.type === 'number'),
  );
  const named = TARGET_NAMES.flatMap((name) => usable.filter((column) => column.name.toLowerCase() === name));
  const fromLast = [...usable].reverse();
  return [
    ...named,
    ...fromLast.filter(({ type }) => type === 'category'),
    ...fromLast.filter(({ type }) => type === 'number'),
  ];
}

function setupFor(version: Parameters<typeof proposeSetup>[0], column: Column): SetupChoices | null {
  const asTarget: SetupChoices['types'] = readsAsClasses(column) ? { [column.name]: 'category' } : {};
  const found = version.columns.map((each) => ({ ...each, type: effectiveType(each, { types: asTarget }) }));
  const [task] = tasksFor({ columns: found }, column.name);
  if (!task) return null;
  const types = { ...task.startingTypes?.(found, column.name), ...asTarget };
  const columns = version.columns.map((each) => ({ ...each, type: effectiveType(each, { types }) }));
  const stratified = task.target !== 'number';
  const split = startingSplit(version, stratified);
  const steps = task.startingSteps?.(columns, column.name) ?? startingSteps(columns, column.name);
  const forecast = forecastParts(task, columns, column.name, split);
  return { task: task.id, target: column.name, types, split, ...(steps ? { steps } : {}), ...forecast };
}

/** A few whole numbers under a name that says class, or text of few values as a target. */
function readsAsClasses(column: Column): boolean {
  if (column.type === 'text') return column.distinct <= 1000;
  const saysClass = /^(target|label|class|category|species|y)$/i.test(column.name);
  const { minimum, maximum } = column.statistics ?? { minimum: 0, maximum: Number.POSITIVE_INFINITY };
  const isWhole = column.examples.every((example) => Number.isInteger(Number(example)));
  return column.type === 'number' && saysClass && isWhole && maximum - minimum < MOST_NUMBER_CLASSES;
}
