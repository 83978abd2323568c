/** Which character parts the values: the one under which most records have as many values as the header. */
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
  let best: { delimiter: Delimiter; agreement: number; columns: number } = {
    delimiter: ',',
    agreement: -1,
    columns: 1,
  };
  for (const delimiter of candidates) {
    const { columns, agreement } = measure(head, whole, delimiter);
    if (columns < 2) continue;
    const isBetter = agreement > best.agreement || (agreement === best.agreement && columns > best.columns);
    if (isBetter) best = { delimiter, agreement, columns };
  }
  return best.delimiter;
}

/** How many columns the header has, and the share of records that agree with it and have sound quotes. */
function measure(head: Buffer, whole: boolean, delimiter: Delimiter): { columns: number; agreement: number } {
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
  return { columns, agreement: records === 0 ? 0 : agreeing / records };
}
