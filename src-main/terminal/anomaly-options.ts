/** `--known` and `--ordinary`: which column knows the anomalies, and which of its values mean an ordinary row. */
import { tasks } from '../catalog';
import { CodedError, type DataSetup } from '../contract';

/** For `--help` of commands that take them. */
export const knownOption = [
  '--known <column>',
  'of tasks that find anomalies: the column that says which rows are known to be anomalous, or none',
] as const;
export const ordinaryOption = [
  '--ordinary <value;value>',
  'the values of that column that mean an ordinary row; all others mean an anomaly',
] as const;

export interface AnomalyOptions {
  readonly known?: string | undefined;
  readonly ordinary?: string | undefined;
}

/**
 * The choices over those that the setup has.
 * @throws CodedError `argument-invalid` for a task that finds no anomalies; whether the data has the column and the values is
 *   found out when they are read
 */
export function withAnomalies(setup: DataSetup, { known, ordinary }: AnomalyOptions): DataSetup {
  if (known === undefined && ordinary === undefined) return setup;
  if (tasks.get(setup.task).target !== 'reconstruction') {
    const name = known === undefined ? '--ordinary' : '--known';
    throw new CodedError('argument-invalid', { name, detail: `is for tasks that find anomalies, not ${setup.task}` });
  }
  const { anomaly, ...others } = setup;
  const target = known === undefined ? setup.target : known === 'none' ? '' : known;
  const values = ordinary === undefined ? undefined : ordinary.split(';').filter((value) => value !== '');
  const chosen = values ? { ordinary: values } : target === setup.target ? anomaly : undefined;
  return { ...others, target, ...(chosen ? { anomaly: chosen } : {}) };
}
