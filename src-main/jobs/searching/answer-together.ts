/** Interim. */
import type { Search, SearchOutcome } from '../../contract';
import type { SearchSession } from './search-session';

export function answerTogether(_session: SearchSession, _search: Search): Promise<SearchOutcome['together']> {
  return Promise.resolve(null);
}
