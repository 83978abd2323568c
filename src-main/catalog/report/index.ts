/** Reports: what they can hold, what one begins with, and the page that comes of it. */
import type { Report } from '../../contract';
import { reportBlocks } from './report-block';

export { reportPage } from './page';
export { reportBlocks } from './report-block';
export { reportStyles } from './styles';
export { Words, type PreparedInput, type ReportedRun, type ReportFacts } from './report-facts';

/** In the order in which they are chosen from. */
export const orderedBlocks = [...reportBlocks.all].sort((one, other) => one.order - other.order);

/** A report to begin with: all that is usual for so many runs. */
export function usualReport(title: string, runIds: readonly string[]): Report {
  const usual = orderedBlocks.filter(({ isUsual, isOfSeveral }) => isUsual && (runIds.length > 1 || !isOfSeveral));
  const blocks = usual.map(({ id }, at) => ({ id: String(at + 1), kind: id, values: {} }));
  return { title, runIds: [...runIds], blocks };
}
