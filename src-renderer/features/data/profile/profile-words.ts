/** Measures in words: what relates a column to the target, and what of a column is measured. */
import type { ProfileMeasure, Relation, RelationMeasure } from '../../../../src-main/contract';
import { m } from '../../../i18n';

export function relationName(measure: RelationMeasure): string {
  return {
    pearson: m.see_measure_pearson,
    'correlation-ratio': m.see_measure_ratio,
    'cramers-v': m.see_measure_cramers,
  }[measure]();
}

export function relationHelp(measure: RelationMeasure): string {
  return {
    pearson: m.see_measure_pearson_help,
    'correlation-ratio': m.see_measure_ratio_help,
    'cramers-v': m.see_measure_cramers_help,
  }[measure]();
}

/** Why there is no figure. */
export function reasonWords(reason: NonNullable<Relation['reason']>): string {
  return {
    constant: m.see_relation_constant,
    'many-values': m.see_relation_many,
    type: m.see_relation_type,
  }[reason]();
}

/** @param column its name, by which pictures' sizes and sounds' lengths are known. */
export function measureWords(measure: ProfileMeasure, column: string): string {
  if (measure === 'words') return m.see_words();
  if (measure === 'characters') return m.see_characters();
  const known: Record<string, () => string> = { width: m.see_width, height: m.see_height, seconds: m.see_duration };
  return Object.hasOwn(known, column) ? (known[column]?.() ?? column) : column;
}
