/** Codes of parts, one byte per row, and the words for them. */
import type { SplitPart } from '../contract';

export const TRAINING = 0;
export const VALIDATION = 1;
export const TEST = 2;
/** The row has a target, but the split leaves it out. */
export const LEFT_OUT = 254;
/** The row's target is missing. */
export const NO_PART = 255;

export const partNames = ['training', 'validation', 'test'] as const satisfies readonly SplitPart[];

/** Null for rows in no part. */
export function partName(code: number | undefined): SplitPart | null {
  return code === undefined ? null : (partNames[code] ?? null);
}

/** Whether a row with this code trains, validates or tests. */
export function isInPart(code: number | undefined): boolean {
  return code === TRAINING || code === VALIDATION || code === TEST;
}
