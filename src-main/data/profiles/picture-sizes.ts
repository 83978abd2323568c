/** In which sizes pictures came, as the columns `width` and `height` beside them say. */
import type { DatasetVersion, PictureSizes } from '../../contract';
import { queryRows } from '../duckdb';
import { rowsFile, type LibraryPaths } from '../paths';
import { identifier, literal } from '../sql';

const MOST_LISTED = 8;

/** @returns null where there are no such columns. */
export async function readPictureSizes(library: LibraryPaths, version: DatasetVersion): Promise<PictureSizes | null> {
  const place = (name: string) =>
    version.columns.findIndex((column) => column.name === name && column.type === 'number');
  const [width, height] = [place('width'), place('height')];
  if (width < 0 || height < 0 || !version.columns.some(({ image }) => image !== null)) return null;
  const names = [width, height].map((index) => identifier(`c${index}`));
  const sizes = await queryRows(
    `SELECT ${names.join(', ')}, count(*) FROM ${literal(rowsFile(library, version.id))}
      WHERE ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  );
  const frequent = sizes
    .slice(0, MOST_LISTED)
    .map(([wide, high, count]) => ({ width: Number(wide), height: Number(high), count: Number(count) }));
  return { distinct: sizes.length, frequent };
}
