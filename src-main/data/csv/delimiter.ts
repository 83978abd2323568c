/** Which character parts the values: the one under which most records have as many values as the header. */
import { HEAD_BYTES } from '../file-heads';
import { detectEncoding } from './decode';
import { scanRecords } from './records';

const candidates = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof candidates)[number];

/** Records looked at. */
const SAMPLE = 200;

/**
 * @param head decoded UTF-8 bytes of the beginning. @param whole whether that is the whole file.
 * @returns a comma where nothing parts anything.
 */
export function sniffDelimiter(head: Buffer, whole: boolean): Delimiter {
  return sniff(head, whole).delimiter;
}

/** Records that agree in text that is a table, the fewest there are, and the share that must: prose has commas too. */
const FEWEST_RECORDS = 2;
export const LEAST_AGREEMENT = 0.8;

/** Whether text that may be prose is a table. @param head undecoded bytes of the beginning, at most 64 KiB */
export function isTable(head: Uint8Array): boolean {
  const { columns, records, agreement } = sniff(decodeHead(head), head.length < HEAD_BYTES);
  return columns > 1 && records >= FEWEST_RECORDS && agreement >= LEAST_AGREEMENT;
}

/** The beginning of a file as UTF-8, whatever is wrong in it: to be looked at, never kept. */
export function decodeHead(head: Uint8Array): Buffer {
  const { encoding, markBytes } = detectEncoding(head);
  return Buffer.from(new TextDecoder(encoding).decode(head.subarray(markBytes)), 'utf8');
}

interface Sniffed {
  readonly delimiter: Delimiter;
  readonly agreement: number;
  readonly columns: number;
  readonly records: number;
}

function sniff(head: Buffer, whole: boolean): Sniffed {
  let best: Sniffed = { delimiter: ',', agreement: -1, columns: 1, records: 0 };
  for (const delimiter of candidates) {
    const { columns, agreement, records } = measure(head, whole, delimiter);
    if (columns < 2) continue;
    const isBetter = agreement > best.agreement || (agreement === best.agreement && columns > best.columns);
    if (isBetter) best = { delimiter, agreement, columns, records };
  }
  return best;
}

/** How many columns the header has, and the share of records that agree with it and have sound quotes. */
function measure(head: Buffer, whole: boolean, delimiter: Delimiter): Omit<Sniffed, 'delimiter'> {
  let columns = 0;
  let records = 0;
  let agreeing = 0;
  scanRecords(head, delimiter.charCodeAt(0), whole, { row: 1 }, (record) => {
    if (record.blank) return true;
    if (columns === 0) columns = record.fields;
    records += 1;
    if (record.fields === columns && !record.problem) agreeing += 1;
    return records < SAMPLE;
  });
  return { columns, records, agreement: records === 0 ? 0 : agreeing / records };
}
