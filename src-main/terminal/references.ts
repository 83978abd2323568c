/** From what a person types (an id, the beginning of one, a name) to the one thing that is meant. */
import { samples } from '../catalog';
import { CodedError, type Dataset, type Project, type Run } from '../contract';
import { findRuns, isRunDeleted } from '../storage/runs';
import type { Session } from './session';

/**
 * @param text id, unique beginning of an id, or name.
 * @param options.deleted looks among the deleted instead of the kept.
 * @throws CodedError `not-found`; `argument-invalid` where several are meant
 */
export function findRun({ library }: Session, text: string, options: { deleted?: boolean } = {}): Run {
  const wanted = options.deleted ?? false;
  const runs =
    text === '' ? [] : findRuns(library.db, text).filter((run) => isRunDeleted(library.db, run.id) === wanted);
  return only(runs, wanted ? 'deleted run' : 'run', text);
}

/** A dataset by id, name, or the sample it came from; null where there is none. */
export async function findDataset({ services }: Session, text: string): Promise<Dataset | null> {
  const datasets = await services.datasets.list();
  const exact = datasets.filter(({ id }) => id === text);
  const found = exact.length > 0 ? exact : datasets.filter(({ name, sample }) => name === text || sample === text);
  return found.length === 0 ? null : only(found, 'dataset', text);
}

/** @throws CodedError `not-found` */
export async function findProject({ services }: Session, text: string): Promise<Project> {
  const projects = await services.projects.list();
  const exact = projects.filter(({ id }) => id === text);
  return only(exact.length > 0 ? exact : projects.filter(({ name }) => name === text), 'project', text);
}

export function isSample(text: string): boolean {
  return samples.has(text);
}

function only<Thing extends { id: string; name: string }>(found: readonly Thing[], what: string, text: string): Thing {
  const [first, second] = found;
  if (!first) throw new CodedError('not-found', { what, id: text });
  if (!second) return first;
  const several = found.map(({ id, name }) => `${name} (${id})`).join(', ');
  throw new CodedError('argument-invalid', { name: text, detail: `several are meant: ${several}. Use an id.` });
}
