/**
 * What kind of data a version's columns are, and which tasks can be trained on them: worked out from the columns whenever it is
 * asked, so that a corrected type changes it at once.
 */
import type { Column, DatasetVersion } from '../contract';
import type { FindingDefinition, TaskDefinition } from './definitions';
import { findings, tasks } from './index';

export interface Found {
  readonly finding: FindingDefinition;
  /** Tasks that fit with some column as the target. */
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
    tasks: tasks.all.filter((task) => columns.some((target) => task.fits(columns, target))),
    notYet: finding.tasks.filter(({ id }) => !tasks.has(id)),
  };
}

/** The kinds that the columns allow, the most particular first. */
export function findingsFor(columns: readonly Column[]): FindingDefinition[] {
  return findings.all.filter((each) => each.possible(columns)).sort((one, other) => one.rank - other.rank);
}
