/** How many rows and columns a table written as text has, for people to tell tables by: nothing is checked or kept. */
import { HEAD_BYTES } from '../file-heads';
import { decodeHead, sniffDelimiter } from './delimiter';
import { nameHeaderless } from './header';
import { scanRecords } from './records';

/** @param bytes the whole file, undecoded. @returns rows without a header, columns of the first record */
export function measureCsv(bytes: Uint8Array): { rows: number; columns: number } {
  const text = decodeHead(bytes);
  const head = text.subarray(0, HEAD_BYTES);
  const isWhole = head.length === text.length;
  const delimiter = sniffDelimiter(head, isWhole);
  let records = 0;
  let columns = 0;
  scanRecords(text, delimiter.charCodeAt(0), true, { row: 1 }, ({ blank, fields }) => {
    if (blank) return true;
    if (records === 0) columns = fields;
    records += 1;
    return true;
  });
  const hasHeader = records > 0 && nameHeaderless(head, isWhole, delimiter) === null;
  return { rows: hasHeader ? records - 1 : records, columns };
}
