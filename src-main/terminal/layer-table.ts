/** The layers of a run as its newest reading found them. */
import { readingsOf } from './run-readings';
import type { Session } from './session';
import { formatTable } from './table';

/** @returns lines, the last one empty; none for a run without readings. */
export async function layerTable(session: Session, runId: string): Promise<string[]> {
  const { tracks } = await readingsOf(session, runId);
  const newest = tracks.at(-1);
  if (!newest) return [];
  const short = (value: number) => Number(value.toPrecision(3));
  const rows = newest.layers.map(({ layer, weights, mean, deviation, dead }) => [
    layer,
    weights && short(weights.norm),
    weights && `${short((100 * weights.update) / newest.interval / Math.max(weights.norm, 1e-12))} %`,
    weights && short(weights.gradient),
    `${short(mean)} ± ${short(deviation)}`,
    dead === null ? null : `${Math.round(100 * dead)} %`,
  ]);
  const head = ['layer', 'weight norm', 'change an epoch', 'gradient norm', 'activations', 'dead units'];
  return [`Layers after epoch ${newest.epoch}, on a few fixed examples:`, formatTable(head, rows), ''];
}
