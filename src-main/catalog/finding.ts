/**
 * What kind of data a version's columns are, and which tasks can be trained on them: worked out from the columns whenever it is
 * asked, so that a corrected type changes it at once.
 */
import type { Column, DatasetVersion } from '../contract';
import type { FindingDefinition, TaskDefinition } from './definitions';
import { findings, tasks } from './index';

export interface Found {
  readonly finding: FindingDefinition;
  /** Tasks that fit with some column as the target; those that many columns fit only where the data are for them. */
  readonly tasks: readonly TaskDefinition[];
  /** What such data is for and the app cannot train. */
  readonly notYet: FindingDefinition['tasks'];
}

/** @param columns with their types in force. */
export function findIn({ columns, finding: corrected }: Pick<DatasetVersion, 'columns' | 'finding'>): Found {
  const [likely] = findingsFor(columns).filter((each) => each.likely(columns));
  const given = corrected !== undefined && findings.has(corrected) ? findings.get(corrected) : undefined;
  const finding = given ?? likely ?? findings.get('table');
  return {
    finding,
    tasks: tasks.all.filter(
      (task) =>
        isMeantAlone(finding, task, columns) ||
        ((!task.isParticular || isMeant(finding, task)) && columns.some((target) => task.fits(columns, target))),
    ),
    notYet: finding.tasks.filter(({ id }) => !tasks.has(id)),
  };
}

/** Tasks that fit a target, first those that such data is for. @param columns with their types in force. @param targetName empty for tasks that need none. */
export function tasksFor(version: Pick<DatasetVersion, 'columns' | 'finding'>, targetName: string): TaskDefinition[] {
  const { columns } = version;
  const { finding } = findIn(version);
  if (targetName === '') {
    const alone = tasks.all.filter(({ fitsAlone }) => fitsAlone?.(columns) ?? false);
    return alone.sort((one, other) => Number(isMeant(finding, other)) - Number(isMeant(finding, one)));
  }
  const target = columns.find(({ name }) => name === targetName);
  if (!target) return [];
  const fitting = tasks.all.filter((task) => task.fits(columns, target));
  const place = (task: TaskDefinition) => (isMeant(finding, task) ? 0 : task.isParticular ? 2 : 1);
  return fitting.sort((one, other) => place(one) - place(other));
}

/** Tasks that such data is for as it is, without a target. @param version with its types in force. */
export function tasksWithoutTarget({
  columns,
  finding,
}: Pick<DatasetVersion, 'columns' | 'finding'>): TaskDefinition[] {
  const found = findIn({ columns, finding });
  return found.tasks.filter((task) => isMeantAlone(found.finding, task, columns));
}

function isMeantAlone(finding: FindingDefinition, task: TaskDefinition, columns: readonly Column[]): boolean {
  return isMeant(finding, task) && (task.fitsAlone?.(columns) ?? false);
}

function isMeant(finding: FindingDefinition, { id }: TaskDefinition): boolean {
  return finding.tasks.some((task) => task.id === id);
}

/** The kinds that the columns allow, the most particular first. */
export function findingsFor(columns: readonly Column[]): FindingDefinition[] {
  return findings.all.filter((each) => each.possible(columns)).sort((one, other) => one.rank - other.rank);
}
