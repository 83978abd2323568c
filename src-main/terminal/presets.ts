/** The networks that a task offers for data, as the terminal names them. */
import { offeredPresets, tasks, type OfferedPreset } from '../catalog';
import { CodedError, type DataSetup } from '../contract';
import type { Session } from './session';

/** In the order in which the task has them. */
export async function presetsFor({ services }: Session, setup: DataSetup): Promise<readonly OfferedPreset[]> {
  const { inputShape, target, codes, counts } = await services.datasets.describe(setup);
  return offeredPresets(tasks.get(setup.task), inputShape, target, { codes, rows: counts.training });
}

/** @throws CodedError `argument-invalid` where the task has none of that name for these data. */
export async function presetFor(session: Session, setup: DataSetup, id: string): Promise<OfferedPreset> {
  const offered = await presetsFor(session, setup);
  const found = offered.find((preset) => preset.id === id);
  if (found) return found;
  const known = offered.map((preset) => preset.id).join(', ');
  throw new CodedError('argument-invalid', {
    name: 'preset',
    detail: `"${id}" is none for these data; known: ${known}`,
  });
}
