/**
 * What a step of preparation is made of: how one column of rows becomes another, learnt from the training rows alone. Pure
 * functions over arrays, so that the window can offer steps and every process applies them alike.
 */
import type { z } from 'zod';
import type { ColumnType, Text } from '../contract';
import type { Fields, ValuesOf } from './fields';

/** Numbers of some rows: `rows × width` values, row after row, NaN where one is missing. */
export interface NumberValues {
  readonly kind: 'numbers';
  readonly width: number;
  readonly values: Float64Array;
  /** One per row, 1 where the value was missing; it becomes the column's last input. Null where nobody asked for it. */
  readonly missing: Float64Array | null;
}

/** Texts of some rows: each row's place among the distinct ones, -1 where missing. */
export interface TextValues {
  readonly kind: 'texts';
  readonly codes: Int32Array;
  /** Distinct; those of no row may be among them. */
  readonly names: readonly string[];
}

/** Pictures of some rows, all of one size: the network sees (pixels / 255 − mean) / deviation, by channel. */
export interface PictureValues {
  readonly kind: 'pictures';
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `rows · height · width · channels` values. */
  readonly pixels: Uint8Array;
  /** Null for pixels from 0 to 1. Taken in by the network's own arithmetic, so that pixels stay one byte each. */
  readonly normalization: Normalization | null;
}

/** One value per channel. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export type StepValues = NumberValues | TextValues | PictureValues;
type ValuesOfKind<Kind extends StepValues['kind']> = Extract<StepValues, { readonly kind: Kind }>;

/** A row and those before it, by the order of a column. */
export interface WindowOfRows {
  /** Rows before it. */
  readonly earlier: number;
  /** Whether its own number comes last. */
  readonly current: boolean;
  /** A column; the empty text for the order of the file. */
  readonly order: string;
}

/** @typeParam Fitted what is learnt from training rows and saved with the model: plain JSON. */
export interface StepDefinition<
  F extends Fields = Fields,
  Fitted = unknown,
  Takes extends StepValues['kind'] = StepValues['kind'],
> {
  /** Unique, kebab-case; stored in libraries, so never renamed. */
  readonly id: string;
  readonly label: Text;
  /** What it does, in one or two sentences for someone who has not met it. */
  readonly help: Text;
  /** The formula of the field, in plain text; absent where words say all. */
  readonly formula?: string;
  readonly takes: Takes;
  readonly gives: StepValues['kind'];
  /** Column types for which it is offered as the first step, or after others where it takes numbers. */
  readonly suits: readonly ColumnType[];
  readonly fields: F;
  /** Checks what a saved model brings. */
  readonly fitted: z.ZodType<Fitted>;
  /** @param values of the training rows only. */
  readonly fit: (values: ValuesOfKind<Takes>, fields: ValuesOf<F>) => Fitted;
  /** Must not look beyond one row: what it becomes never depends on the rows beside it in a batch. */
  readonly apply: (values: ValuesOfKind<Takes>, fitted: Fitted, fields: ValuesOf<F>) => StepValues;
  /**
   * For a step that joins a row's number with those of other rows: which. Such a step is a column's first, and what it is
   * given are the joined numbers, read from the whole version.
   */
  readonly window?: (fields: ValuesOf<F>) => WindowOfRows;
  /** What was learnt, for people: "mean 43.9, deviation 5.5"; null where these fields learn nothing. */
  readonly learnt?: (fitted: Fitted, fields: ValuesOf<F>) => Text | null;
  /**
   * How many different codes it gives, where its numbers are codes that an embedding looks up: whole numbers from 0 to one
   * less than that, of which 0 stands for nothing. Null where these fields give other numbers.
   */
  readonly codes?: (fitted: Fitted, fields: ValuesOf<F>) => number | null;
  /** What a code above 0 stands for, in words; for steps that give codes. */
  readonly codeName?: (fitted: Fitted, code: number) => string;
  /** Names of the numbers that one row becomes, where they have some: categories, words, parts of a date. */
  readonly outputs?: (fitted: Fitted, fields: ValuesOf<F>) => readonly string[];
}

/** Keeps a definition's own types while it is written; the registry holds the general type. */
export function defineStep<const F extends Fields, Fitted, Takes extends StepValues['kind']>(
  definition: StepDefinition<F, Fitted, Takes>,
): StepDefinition<F, Fitted, Takes> {
  return definition;
}
