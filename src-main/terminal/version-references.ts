/** Versions and rows as people name them in a terminal: by number, as the window shows them. */
import { CodedError, type Dataset, type VersionEntry } from '../contract';
import { findProjectByDataset } from '../storage/projects';
import { findDataset } from './references';
import type { Session } from './session';

/** @throws CodedError `not-found` */
export async function requireDataset(session: Session, text: string): Promise<Dataset> {
  const dataset = await findDataset(session, text);
  if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: text });
  return dataset;
}

/**
 * A version by its number, `2` or `v2`; without one the version that the project over the dataset works on.
 * @throws CodedError `not-found`
 */
export async function findVersion(
  { services, library }: Session,
  dataset: Dataset,
  text: string | undefined,
): Promise<VersionEntry> {
  const versions = await services.datasets.versions({ datasetId: dataset.id });
  const worksOn = findProjectByDataset(library.db, dataset.id)?.data?.versionId ?? dataset.latestVersionId;
  const found = versions.find(({ id, number }) => {
    return text === undefined ? id === worksOn : id === text || String(number) === text.replace(/^v/i, '');
  });
  if (!found) throw new CodedError('not-found', { what: 'dataset version', id: text ?? worksOn });
  return found;
}

/**
 * `1-5,9` as indices from 0: people count rows from 1, as the window does.
 * @throws CodedError `argument-invalid`
 */
export function parseRows(option: string, text: string): number[] {
  const refuse = (detail: string) => new CodedError('argument-invalid', { name: option, detail });
  const rows: number[] = [];
  for (const part of text.split(',')) {
    const [, first = '', last = first] = /^\s*([0-9]{1,9})(?:\s*-\s*([0-9]{1,9}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < 1 || to < from) throw refuse(`"${part}" names no rows. Write rows as 1-5,9.`);
    if (rows.length + to - from >= 1_000_000) throw refuse('More than 1000000 rows at once.');
    for (let row = from; row <= to; row += 1) rows.push(row - 1);
  }
  return rows;
}
