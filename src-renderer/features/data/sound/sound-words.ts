/** Words for how long sounds are. */
import { formatNumber, m } from '../../../i18n';

/** Two decimals below ten seconds, one above: what tells short words apart. */
export function secondsWord(seconds: number): string {
  const digits = seconds < 10 ? 100 : 10;
  return m.sound_seconds({ count: formatNumber(Math.round(seconds * digits) / digits) });
}
