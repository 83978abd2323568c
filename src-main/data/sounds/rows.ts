/** What the rows of sounds have in common, wherever their classes come from. */
import type { DatasetVersion } from '../../contract';
import type { ReadColumn } from '../source';
import type { TakenSounds } from './intake';

/** The sound, what else is known of it, its file and how long it is. */
export function soundColumns({ column }: TakenSounds, facts: readonly ReadColumn[]): ReadColumn[] {
  return [
    column,
    ...facts,
    { name: 'file', type: 'text', image: null },
    { name: 'seconds', type: 'number', image: null },
  ];
}

export function soundNotes({ column, resampled }: TakenSounds): DatasetVersion['notes'] {
  if (resampled === 0) return [];
  return [{ code: 'sounds-resampled', parameters: { count: resampled, rate: column.audio?.rate ?? 0 } }];
}
