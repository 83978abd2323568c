/** What the parts of a search's job share. */
import { applyTrial, withCodes, type SearchConfiguration } from '../../catalog';
import type { FieldValues, SearchPlan } from '../../contract';
import type { KeptGraphs } from '../../engine/compile/kept-graphs';
import type { FitControl } from '../../engine/fit-control';
import type { LoadedTensorFlow } from '../../engine/tf';
import type { JobContext } from '../definition';
import type { SearchBudget } from './search-budget';
import type { SearchData } from './search-data';
import type { SearchPace } from './search-pace';
import type { SearchRecord } from './search-record';

export interface SearchSession {
  readonly context: JobContext;
  readonly plan: SearchPlan;
  readonly record: SearchRecord;
  readonly control: FitControl;
  readonly budget: SearchBudget;
  readonly pace: SearchPace;
  readonly data: SearchData;
  readonly loaded: LoadedTensorFlow;
  /** Of steps that trials are done with, for trials like them. */
  readonly graphs: KeptGraphs;
  /** What networks take for one example, in milliseconds, by network and data. */
  readonly latencies: Map<string, number>;
  /** To be called as often as likes: how far the search is, and whether its time is up. */
  readonly look: () => void;
}

/**
 * A trial as it is trained: layers that look codes up have room for all that its preparation makes, and test rows are left alone.
 * @throws CodedError as `applyTrial`, `openPrepared`
 */
export async function openTrial({ plan, data }: Pick<SearchSession, 'plan' | 'data'>, values: FieldValues) {
  const applied = applyTrial(plan, values);
  const { opened, codes } = await data.take(applied.data);
  const run: SearchConfiguration = {
    data: applied.data,
    network: withCodes(applied.network, codes),
    settings: { ...applied.settings, measureTest: false },
  };
  return { run, opened };
}
