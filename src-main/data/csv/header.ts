/**
 * Whether the first record of a table names its columns or is a row already, judged by what stands below it; and what the
 * columns are called where nothing names them.
 */
import { HEAD_BYTES } from '../file-heads';
import { isMissingText, parseNumber } from '../missing';
import { decodeHead, LEAST_AGREEMENT, type Delimiter } from './delimiter';
import { recordValues, scanRecords } from './records';

/** Records looked at. */
const SAMPLE = 200;
/** With fewer rows below it a first record's return among them says nothing. */
const FEWEST_TO_REPEAT = 10;
const SENTENCE_END = /\p{L}.*[.!?…。！？]["'”’」』)]*$/su;
/** Seconds since 1970, from 1985 to 2100: what log files and rating tables hold. */
const SECONDS = { least: 4.7e8, most: 4.1e9 };

/**
 * @param head decoded UTF-8 bytes of the beginning. @param whole whether that is the whole file.
 * @param isRow whether the first record is known to be a row.
 * @returns names for the columns where the first record is a row; null where it names them, or nothing speaks against that.
 */
export function nameHeaderless(head: Buffer, whole: boolean, delimiter: Delimiter, isRow = false): string[] | null {
  return namesOf(sampleRecords(head, whole, delimiter), isRow);
}

function namesOf([first, ...rows]: readonly (readonly string[])[], isKnownRow: boolean): string[] | null {
  if (!first || (rows.length === 0 && !isKnownRow)) return null;
  const columns = first.map((cell, index) => ({ first: cell, below: rows.map((row) => row[index] ?? '') }));
  if (!isKnownRow && !isRow(columns)) return null;
  return proposeNames(columns.map(({ first: cell, below }) => [cell, ...below]));
}

/**
 * Whether lines are parted by tabs where quotes are characters as others are, and, as `nameHeaderless`, what the columns are called.
 * @param head undecoded bytes of the beginning, at most 64 KiB. @param isRow whether the first line is known to be a row.
 */
export function sniffTabs(head: Uint8Array, isRow = false): { isTabs: boolean; names: string[] | null } {
  const lines = decodeHead(head)
    .toString('utf8')
    .split(/\r\n|\r|\n/);
  if (head.length === HEAD_BYTES) lines.pop();
  const records = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((value) => value.trim()));
  const [first = []] = records;
  const agreeing = records.filter(({ length }) => length === first.length).slice(0, SAMPLE + 1);
  const isTabs = first.length > 1 && agreeing.length >= Math.min(records.length, SAMPLE + 1) * LEAST_AGREEMENT;
  return { isTabs, names: isTabs ? namesOf(agreeing, isRow) : null };
}

interface SampledColumn {
  readonly first: string;
  /** The values under it, missing ones too. */
  readonly below: readonly string[];
}

function sampleRecords(head: Buffer, whole: boolean, delimiter: Delimiter): string[][] {
  const byte = delimiter.charCodeAt(0);
  const records: string[][] = [];
  scanRecords(head, byte, whole, { row: 1 }, (record) => {
    if (record.blank || record.problem) return true;
    const values = recordValues(head, record, byte).map((value) => value.trim());
    if (records.length === 0 || values.length === records[0]?.length) records.push(values);
    return records.length < SAMPLE;
  });
  return records;
}

/** A name over numbers means a header; numbers over numbers, sentences, or a label that comes again mean a row. */
function isRow(columns: readonly SampledColumn[]): boolean {
  const numeric = columns.filter(({ below }) => allNumbers(below));
  if (numeric.some(({ first }) => !isMissingText(first) && parseNumber(first) === null)) return false;
  const numbers = numeric.map(({ first }) => parseNumber(first)).filter((value) => value !== null);
  if (numbers.length > 0) return !areNames(numbers);
  if (columns.filter(({ first }) => SENTENCE_END.test(first)).length >= 2) return true;
  return columns.some(returns);
}

function allNumbers(values: readonly string[]): boolean {
  const present = values.filter((value) => !isMissingText(value));
  return present.length > 0 && present.every((value) => parseNumber(value) !== null);
}

/** Years, or places that count up evenly as those of pixels do, are names of columns. */
function areNames(numbers: readonly number[]): boolean {
  if (!numbers.every(Number.isInteger)) return false;
  if (numbers.every((value) => value >= 1500 && value <= 2100)) return true;
  const [start = 0, second = 0] = numbers;
  const step = second - start;
  return numbers.length > 1 && step > 0 && numbers.every((value, place) => value === start + place * step);
}

/** Whether the first value is one of few that come again and again, as a label's. */
function returns({ first, below }: SampledColumn): boolean {
  if (below.length < FEWEST_TO_REPEAT || isMissingText(first)) return false;
  return isLabel(below) && below.filter((value) => value === first).length >= 2;
}

function isLabel(values: readonly string[]): boolean {
  return values.length >= FEWEST_TO_REPEAT && new Set(values).size <= Math.min(20, values.length / 2);
}

/** @param columns the values of each, the first row's included. */
function proposeNames(columns: readonly (readonly string[])[]): string[] {
  if (areRatings(columns)) return ['user', 'item', 'rating', 'time'];
  const places = columns.map((_, index) => `column ${index + 1}`);
  const numeric = columns.map(allNumbers);
  if (numeric.includes(true)) return places;
  const labels = columns.map(isLabel);
  if (columns.length === 2 && labels[0] !== labels[1]) return labels[0] ? ['label', 'text'] : ['text', 'label'];
  const [source = [], target = [], third] = columns;
  const isPair = (columns.length === 2 || columns.length === 3) && [source, target].every(areSentences);
  if (!isPair) return places;
  return third === undefined
    ? ['source', 'target']
    : ['source', 'target', third.every(isAttribution) ? 'attribution' : 'column 3'];
}

/** As MovieLens has them: two identifiers, few different marks, and seconds. */
function areRatings(columns: readonly (readonly string[])[]): boolean {
  if (columns.length !== 4) return false;
  const [users = [], items = [], marks = [], times = []] = columns.map((values) => values.map(parseNumber));
  const areIdentifiers = [...users, ...items].every((value) => value !== null && Number.isInteger(value) && value >= 0);
  const areMarks = marks.every((value) => value !== null && value >= 0 && value <= 100) && new Set(marks).size <= 21;
  const areTimes = times.every((value) => value !== null && value > SECONDS.least && value < SECONDS.most);
  return areIdentifiers && areMarks && areTimes;
}

/** Most of them end as sentences do. */
function areSentences(values: readonly string[]): boolean {
  return values.filter((value) => SENTENCE_END.test(value)).length >= values.length / 2;
}

/** Who a sentence pair is by, as the files of manythings.org say in their third column. */
function isAttribution(value: string): boolean {
  return /attribution/i.test(value);
}
