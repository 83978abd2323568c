/** A place in the queue in words. */
import { locale, m } from '../../i18n';

const suffixes: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `2nd of 3 waiting` */
export function placeWords(place: number, count: number): string {
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(place);
  const ordinal = locale.current === 'zh' ? `第 ${place} 个` : `${place}${suffixes[rule] ?? 'th'}`;
  return m.queue_place({ place: ordinal, count });
}
