/** All readings of a run. */
import type { ProbeOverview } from '../contract';
import type { Session } from './session';

export async function readingsOf({ services }: Session, runId: string): Promise<ProbeOverview> {
  let all = await services.probes.overview({ runId, after: 0 });
  while (all.more) {
    const { tracks, said, more } = await services.probes.overview({ runId, after: all.tracks.at(-1)?.epoch ?? 0 });
    all = { ...all, tracks: [...all.tracks, ...tracks], said: Float32Array.from([...all.said, ...said]), more };
  }
  return all;
}
