/**
 * Content that is read in another way is other data: what tells it apart in the library.
 */
import { createHash } from 'node:crypto';
import { readingChoices, readingOf, type DatasetVersion, type Reading } from '../contract';
import type { Database } from '../storage/database';
import { findVersionBySource } from '../storage/datasets';

/**
 * What the library has of the same content read in the same way. What a person says of it counts where the app had judged
 * otherwise; the first row alone is told as it always was, so that libraries of before find theirs.
 * @param sha256 of the content. @returns the identity under which it is kept.
 */
export function findKnown(
  db: Database,
  sha256: string,
  reading: Reading = {},
): { known: DatasetVersion | null; identity: string } {
  const judged = findVersionBySource(db, sha256);
  const taken = judged ? readingOf(judged) : {};
  const said = readingChoices.filter((choice) => reading[choice] !== undefined && reading[choice] !== taken[choice]);
  if (said.length === 0) return { known: judged, identity: sha256 };
  const [only] = said;
  const words =
    said.length === 1 && only === 'header'
      ? reading.header
      : JSON.stringify(said.sort().map((choice) => [choice, reading[choice]]));
  const identity = createHash('sha256').update(`${sha256} ${words}`).digest('hex');
  return { known: findVersionBySource(db, identity), identity };
}
