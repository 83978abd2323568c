/** Words for parts, column types, split advice and what an import noted. */
import {
  readingOf,
  type ColumnType,
  type DatasetVersion,
  type GivenPart,
  type SplitPart,
} from '../../../src-main/contract';
import { m } from '../../i18n';
import type { SplitAdvice, SplitKind } from './split-edits';

export const parts: readonly SplitPart[] = ['training', 'validation', 'test'];

/** @param part null where the row has no target, so that it is in no part. */
export function partWord(part: SplitPart | null): string {
  if (part === null) return m.data_role_ignored();
  return { training: m.data_part_training, validation: m.data_part_validation, test: m.data_part_test }[part]();
}

export function typeWord(type: ColumnType): string {
  const words: Record<ColumnType, () => string> = {
    number: m.data_type_number,
    category: m.data_type_category,
    text: m.data_type_text,
    date: m.data_type_date,
    image: m.data_type_image,
    labels: m.label_type_labels,
    boxes: m.bring_type_boxes,
    spans: m.label_type_spans,
    audio: m.sound_type,
    ignored: m.data_type_ignored,
  };
  return words[type]();
}

export function adviceWords(advice: SplitAdvice, share: string): string {
  if (advice === 'shares-too-large') return m.data_shares_too_large({ share });
  return advice === 'no-validation' ? m.data_no_validation() : m.data_no_test();
}

export function givenPartWord(part: GivenPart): string {
  return part === 'none' ? m.splits_part_none() : partWord(part);
}

export function splitKindWord(kind: SplitKind): string {
  return {
    random: m.data_split_random,
    grouped: m.splits_grouped,
    ordered: m.splits_ordered,
    given: m.data_split_given,
    column: m.splits_column,
  }[kind]();
}

/** What a kind of split does and when it is right, in one sentence. */
export function splitKindHelp(kind: SplitKind): string {
  return {
    random: m.data_split_random_help,
    grouped: m.splits_grouped_help,
    ordered: m.splits_ordered_help,
    given: m.data_split_given_help,
    column: m.splits_column_help,
  }[kind]();
}

type Notes = DatasetVersion['notes'];

/** Notes that `ReadingFacts` tells, with what can be changed of them. */
const readingNotes = [
  'encoding',
  'table-inside',
  'table-chosen',
  'sheet-chosen',
  'table-taken',
  'text-by-line',
  'text-by-paragraph',
];

/** What is noted beside how the file was read, which has its own place. */
export function otherNotes(version: DatasetVersion): Notes {
  const told = readingOf(version).delimiter ? ['delimiter', ...readingNotes] : readingNotes;
  return version.notes.filter(({ code }) => !told.includes(code));
}

/** The encoding as people call it; null where it is the usual one. */
export function encodingOf(notes: Notes): string | null {
  const found = notes.find(({ code }) => code === 'encoding')?.parameters.encoding;
  return found === undefined
    ? null
    : String(found)
        .toUpperCase()
        .replace(/[BL]E$/, '');
}

/** What the import noted, in words; a code without words is shown as it is, so that it is seen. */
export function noteWords({ code, parameters }: DatasetVersion['notes'][number]): string {
  const of = (name: string) => String(parameters[name] ?? '');
  const words: Record<string, () => string> = {
    'missing-words': () => m.data_note_missing_words({ count: of('count') }),
    'unnamed-column': () => m.data_note_unnamed_column({ position: of('position'), column: of('column') }),
    'empty-column': () => m.data_note_empty_column({ column: of('column') }),
    'blank-lines-skipped': () => m.data_note_blank_lines({ count: of('count') }),
    delimiter: () => m.data_note_delimiter({ delimiter: of('delimiter') }),
    'parted-by-spaces': () => m.intake_by_spaces(),
    'decimal-comma': () => m.intake_decimal_comma({ columns: of('columns') }),
    'column-of-bytes': () => m.data_note_bytes({ column: of('column') }),
    'header-looks-like-data': () => m.data_note_header(),
    'sounds-resampled': () => m.sound_note_resampled({ count: of('count'), rate: of('rate') }),
    'no-header': () => m.found_note_no_header({ columns: of('columns') }),
    'features-of-item': () => m.found_note_items({ count: of('count') }),
    'features-of-user': () => m.found_note_users({ count: of('count') }),
    'left-out': () =>
      of('count') === '1' ? m.bring_note_left_out_one() : m.bring_note_left_out({ count: of('count') }),
  };
  return words[code]?.() ?? code;
}
