/** Columns that suggest how rows should be divided: by whom or where they come from, by when, or by what the data itself says. */
import type { Column, DatasetVersion, GivenPart } from '../contract';

const partWords: Readonly<Record<string, GivenPart>> = {
  train: 'training',
  training: 'training',
  valid: 'validation',
  validation: 'validation',
  validate: 'validation',
  val: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  eval: 'test',
  holdout: 'test',
};

/** The part that a value names by itself, whatever its case; null where it names none. */
export function partNamedBy(value: string): GivenPart | null {
  const word = value.trim().toLowerCase();
  return Object.hasOwn(partWords, word) ? (partWords[word] ?? null) : null;
}

/** What people call those of whom several rows tell. */
const groupWords =
  /(^|_)(patient|person|people|subject|user|customer|client|speaker|author|writer|student|pupil|participant|respondent|household|family|employee|player|animal|source|site|hospital|clinic|device|sensor|machine|session|group|store|shop|camera|recording)(_?(id|nr|no|number|name|code|key))?$/;
const identifier = /(^|_)(id|uuid|guid)$/;
const timeWords = /(^|_)(date|time|datetime|timestamp|year|month|day)$/;
const partColumns = /^(split|set|subset|part|partition|fold|usage)$/;

/** `patientId`, `Patient ID` and `patient_id` are one name. */
function plainName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s.-]+/g, '_')
    .toLowerCase();
}

type Columns = readonly Pick<Column, 'name' | 'type' | 'distinct' | 'missing' | 'categories'>[];
/** What suggestions are read from. */
export interface SuggestingData {
  readonly columns: Columns;
  readonly rowCount: number;
}

/** A column whose values are persons or sources with several rows each; null where none looks like it. */
export function groupColumn({ columns, rowCount }: SuggestingData, target: string): string | null {
  const repeating = columns.filter(({ name, type, distinct, missing }) => {
    const isNamed = type === 'category' || type === 'text' || type === 'number';
    return isNamed && name !== target && distinct >= 3 && (rowCount - missing) / distinct >= 1.5;
  });
  const named = repeating.find(({ name }) => groupWords.test(plainName(name)));
  const numbered = repeating.find(({ name, distinct }) => distinct >= 10 && identifier.test(plainName(name)));
  return (named ?? numbered)?.name ?? null;
}

/** A column that says when; null where none does. */
export function orderColumn({ columns }: SuggestingData, target: string): string | null {
  const fitting = columns.filter(({ name, distinct }) => name !== target && distinct >= 10);
  const dated = fitting.find(({ type }) => type === 'date');
  const timed = fitting.find(({ name, type }) => type === 'number' && timeWords.test(plainName(name)));
  return (dated ?? timed)?.name ?? null;
}

const yearWords = /(^|_)(date|time|datetime|timestamp|year)$|^(年|年份|日期|时间)$/;

/** The column that says when each row of a series was: dates, else numbers called after a time, such as years; undefined where none is. */
export function timeColumn<Some extends Pick<Column, 'name' | 'type' | 'distinct' | 'missing'>>(
  columns: readonly Some[],
  target: string,
): Some | undefined {
  const others = columns.filter(({ name }) => name !== target);
  const isTime = ({ name, type, distinct, missing }: Some) =>
    type === 'number' && missing === 0 && distinct >= 10 && yearWords.test(plainName(name));
  return others.find(({ type }) => type === 'date') ?? others.find(isTime);
}

/** A column of words for training, validation and test; null where there is none. */
export function partColumn({ columns }: SuggestingData, target: string): string | null {
  const found = columns.find(
    ({ name, type, distinct, categories }) =>
      name !== target &&
      type === 'category' &&
      distinct >= 2 &&
      distinct <= 4 &&
      (partColumns.test(plainName(name)) || categories.length === distinct) &&
      categories.every(({ value }) => partNamedBy(value) !== null),
  );
  return found?.name ?? null;
}

/** A kind of split that the data suggests, and the column for it. */
export interface SplitSuggestion {
  readonly kind: 'grouped' | 'ordered' | 'given';
  readonly column: string;
}

/** The split that a version's columns suggest, most telling first: the data's own, by groups, by time. */
export function suggestSplit(
  version: Pick<DatasetVersion, 'columns' | 'rowCount'>,
  target: string,
): SplitSuggestion | null {
  const own = partColumn(version, target);
  if (own !== null) return { kind: 'given', column: own };
  const group = groupColumn(version, target);
  if (group !== null) return { kind: 'grouped', column: group };
  const order = orderColumn(version, target);
  return order === null ? null : { kind: 'ordered', column: order };
}
