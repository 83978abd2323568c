/** A row in one line: its texts first, then what else it holds, without the column that is labelled. */
import type { DatasetVersion, Row } from '../../../src-main/contract';
import { formatNumber } from '../../i18n';
import { labelWords } from './label-text';

const longest = 120;

export function rowWords({ columns }: DatasetVersion, { values }: Row, labelled: string): string {
  const cells = columns.flatMap(({ name, type, image, audio }, place) => {
    const value = values[place] ?? null;
    if (value === null || image !== null || audio || name === labelled) return [];
    const words = typeof value === 'number' ? formatNumber(value) : labelWords(type, value);
    return [{ words: words.slice(0, longest), isText: type === 'text' }];
  });
  const ordered = [...cells.filter(({ isText }) => isText), ...cells.filter(({ isText }) => !isText)];
  return ordered
    .map(({ words }) => words)
    .join(' · ')
    .slice(0, longest);
}
