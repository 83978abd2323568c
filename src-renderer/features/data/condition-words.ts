/** Conditions on rows in words, as their chips have them; and which columns may sort or filter. */
import type { Column, RowCondition } from '../../../src-main/contract';
import { formatNumber, m } from '../../i18n';

export function conditionWords(condition: RowCondition): string {
  if (condition.kind === 'edited') return m.see_filter_edited();
  if (condition.kind === 'left-out') return m.see_filter_left_out();
  const { column } = condition;
  if (condition.kind === 'missing') return m.see_condition_missing({ column });
  if (condition.kind === 'values') return m.see_condition_values({ column, values: condition.values.join(', ') });
  const { least, most } = condition;
  if (least !== null && most !== null)
    return m.see_condition_between({ column, least: formatNumber(least), most: formatNumber(most) });
  if (least !== null) return m.see_condition_from({ column, least: formatNumber(least) });
  return most === null ? m.see_condition_any({ column }) : m.see_condition_to({ column, most: formatNumber(most) });
}

/** Pictures, sounds and boxes have no order and no value that a person could name. */
export function isOfValues({ type }: Pick<Column, 'type'>): boolean {
  return type !== 'image' && type !== 'audio' && type !== 'boxes';
}
