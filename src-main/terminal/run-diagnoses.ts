/** What went wrong in a run, in words, with what a remedy would change. */
import { changesOf, diagnosesFor } from '../catalog';
import type { RunHistory } from '../contract';
import { readingsOf } from './run-readings';
import type { Session } from './session';

export interface ToldDiagnosis {
  readonly id: string;
  readonly text: string;
  readonly next: string;
  /** Parts of the configuration: `Learning rate: 0.1 → 0.01`. */
  readonly changes: readonly string[];
}

export async function tellDiagnoses(session: Session, { run, epochs }: RunHistory): Promise<ToldDiagnosis[]> {
  const readings = await readingsOf(session, run.id);
  const epoch = readings.tracks.at(-1)?.epoch;
  const newest = epoch === undefined ? null : await session.services.probes.reading({ runId: run.id, epoch });
  return diagnosesFor({ run, epochs, readings, newest }).map(({ id, text, next, remedy }) => {
    const changes = remedy && 'change' in remedy ? changesOf(run, remedy.change(run)) : [];
    const lines = changes.map(({ label, before, after }) => `${label.en}: ${before?.en ?? '–'} → ${after?.en ?? '–'}`);
    return { id, text: text.en, next: next.en, changes: lines };
  });
}

export function diagnosesText(told: readonly ToldDiagnosis[]): string[] {
  return told.flatMap(({ text, next, changes }) => [`! ${text}`, `  ${next}`, ...changes.map((line) => `  ${line}`)]);
}
