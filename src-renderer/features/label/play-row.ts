/** Plays the sound of the row at hand, or stops it. */
import type { DatasetVersion } from '../../../src-main/contract';
import { toasts } from '../../state/toasts.svelte';
import { player } from '../data/sound/player.svelte';
import type { LabelSession } from './label-session.svelte';

export function playRow(version: DatasetVersion, { sound, index }: Pick<LabelSession, 'sound' | 'index'>): void {
  if (!sound || index === null) return;
  player.toggleRow(version.id, sound.name, index).catch((error: unknown) => toasts.error(error));
}
