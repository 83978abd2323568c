/** The forms of dates by which a column of text is taken for one of dates; catalog/dates.ts reads them, and more. */
import { parseDate } from '../../catalog';

/** Bytes of a date. */
export const LONGEST_DATE = 40;
export const SHORTEST_DATE = 6;

const DAY =
  /^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9:]{4,6})?)?$/;
/** Months and quarters, and days as Chinese writes them; a year alone is a number. */
const PERIOD =
  /^([12][0-9]{3}([-/](0?[1-9]|1[0-2])|[- ]?[Qq][1-4]|年(0?[1-9]|1[0-2])月([0-9]{1,2}日)?)|[Qq][1-4][- ]?[12][0-9]{3})$/;
const MONTH =
  '(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)\\.?';
const NAMED_MONTH = new RegExp(`^([12][0-9]{3}[- ])?${MONTH}([- ][12][0-9]{3})?$`, 'i');
/** `31/12/2024`, `Dec 31, 2024`, `Tue, 31st December 2024`, and whatever stands behind it as a time. */
const YEAR_LAST = new RegExp(
  `^([0-9]{1,2}[-/.][0-9]{1,2}[-/.]|([a-z]{3,9},? )?(${MONTH}[- ][0-9]{1,2}|[0-9]{1,2}(st|nd|rd|th)?[- ]${MONTH})(st|nd|rd|th)?,?[- ])[12][0-9]{3}(?![0-9])`,
  'i',
);

/** Whether a text is a day, with or without a time, or a month or quarter of a year. */
export function isDate(text: string): boolean {
  if (DAY.test(text) || PERIOD.test(text)) return true;
  if (YEAR_LAST.test(text)) return parseDate(text, 'month-first') !== null || parseDate(text, 'day-first') !== null;
  return NAMED_MONTH.test(text) && text.match(/[0-9]{4}/g)?.length === 1;
}
