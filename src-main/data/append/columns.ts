/** Which column of added rows goes into which column of the version that they are added to. */
import { CodedError, type Column, type DatasetVersion } from '../../contract';

type Columned = Pick<DatasetVersion, 'columns' | 'proposed' | 'source'>;

const isMedia = ({ image, audio }: Column): boolean => image !== null || audio !== undefined;

/** How the columns of added rows go into those of the version that they are added to. */
export interface ColumnMatches {
  /** For each of the base's columns the index of the added one; null where it stays empty. */
  readonly places: readonly (number | null)[];
  /** Names of added columns that the base has not. */
  readonly unmatched: readonly string[];
}

/**
 * By name; of pictures and sounds also the only column of their kind, and what is to be predicted. Of tables every column must
 * have its like; beside pictures and sounds what is missing stays empty, and what is new is left out.
 * @throws CodedError `append-columns-differ`, `append-kind-differs`
 */
export function matchColumns(base: DatasetVersion, added: Columned): ColumnMatches {
  const media = base.columns.filter(isMedia);
  const matches = base.columns.map((column) => matchOf(column, base, added));
  for (const column of media) {
    if (matches[base.columns.indexOf(column)] !== null) continue;
    const expected = column.image ? 'pictures' : 'sounds';
    throw new CodedError('append-kind-differs', { dataset: base.datasetName, expected, file: added.source.name });
  }
  const extra = added.columns.filter((_, index) => !matches.includes(index));
  if (media.length > 0) return { places: matches, unmatched: extra.map(({ name }) => name) };
  const missing = base.columns.filter((_, index) => matches[index] === null);
  if (missing.length + extra.length === 0) return { places: matches, unmatched: [] };
  const names = (columns: readonly Column[]) => columns.map(({ name }) => name).join(', ') || '–';
  const dataset = base.datasetName;
  throw new CodedError('append-columns-differ', { dataset, missing: names(missing), extra: names(extra) });
}

function matchOf(column: Column, base: DatasetVersion, { columns, proposed }: Columned): number | null {
  const isLike = (other: Column) =>
    (other.image !== null) === (column.image !== null) && (other.audio === undefined) === (column.audio === undefined);
  const places = [...columns.keys()].filter((index) => {
    const other = columns[index];
    return other !== undefined && isLike(other);
  });
  const named = places.find((index) => columns[index]?.name === column.name);
  if (named !== undefined) return named;
  if (isMedia(column)) return places.length === 1 ? (places[0] ?? null) : null;
  if (column.name !== base.proposed?.target) return null;
  return places.find((index) => columns[index]?.name === proposed?.target) ?? null;
}
