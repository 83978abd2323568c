/** Follows a search to its end: a line that is written over while trials are tried and the best is trained anew. */
import { betterOf, isBetter } from '../catalog';
import type { Search, Trial } from '../contract';
import type { Session } from './session';
import { formatMetric } from './table';

/** How often is looked, in milliseconds. */
const LOOK_MS = 250;

/** @throws CodedError the search's own, where its trials ended by it */
export async function followSearch(session: Session, id: string): Promise<Search> {
  const { services, output, supervisor } = session;
  const told = new ToldTrials(session, id);
  let isStopping = false;
  const { jobId } = await services.searches.get({ id });
  // The search's row says how it ended; nobody else asks for the job's end.
  const trying = jobId === null ? Promise.resolve() : supervisor.result(jobId).catch(() => undefined);
  let isTrying = true;
  void trying.then(() => (isTrying = false));
  for (;;) {
    await told.look();
    const search = await services.searches.get({ id });
    if (search.endedAt !== null && !isTrying) {
      await told.look();
      told.clear();
      return search;
    }
    if (session.interrupted() && !isTrying && search.state === 'running' && !isStopping) {
      isStopping = true;
      services.searches.command({ id, command: 'stop' });
    }
    if (!output.json) told.show(search);
    await Promise.race([new Promise((resolve) => setTimeout(resolve, LOOK_MS)), ...(isTrying ? [trying] : [])]);
  }
}

/** Each trial is told once, when it has ended. */
class ToldTrials {
  readonly #session: Session;
  readonly #id: string;
  #since = 0;
  #last: Trial | null = null;
  #best: Trial | null = null;
  #shown = false;

  constructor(session: Session, id: string) {
    this.#session = session;
    this.#id = id;
  }

  async look(): Promise<void> {
    const { services, output } = this.#session;
    const { plan } = await services.searches.get({ id: this.#id });
    for (let more = true; more;) {
      const found = await services.searches.trials({ id: this.#id, since: this.#since });
      [this.#since, more] = [found.since, found.more];
      for (const trial of found.trials) {
        this.#last = trial;
        if (trial.state === 'running') continue;
        output.step({ type: 'trial', ...trial });
        const { value } = trial;
        const isFirst = this.#best?.value === null || this.#best === null;
        if (value !== null && (isFirst || isBetter(plan, value, this.#best?.value ?? value))) this.#best = trial;
      }
    }
  }

  show({ plan, counts, jobId, runIds }: Search): void {
    if (!process.stderr.isTTY) return;
    const job = this.#session.supervisor.running().find(({ id }) => id === jobId);
    const rest = job?.progress?.etaSeconds ?? null;
    const begun = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const parts =
      job?.endedAt === null
        ? [
            `trial ${begun}${plan.budget.trials === null ? '' : ` of ${plan.budget.trials}`}`,
            ...(this.#last?.value == null ? [] : [`${plan.metric} ${formatMetric(this.#last.value)}`]),
            ...(this.#best ? [`best ${formatMetric(this.#best.value ?? NaN)} (trial ${this.#best.number})`] : []),
            ...(rest === null ? [] : [`${Math.ceil(rest)} s left`]),
          ]
        : [`making the best anew, ${runIds.length} ${runIds.length === 1 ? 'run' : 'runs'}`];
    process.stderr.write(`\r\x1b[K${parts.join(', ')}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K');
  }
}

/** Trials by their worth, the best first; those without a value last. */
export function byWorth(plan: Search['plan'], trials: readonly Trial[]): Trial[] {
  const sign = betterOf(plan) === 'higher' ? -1 : 1;
  const worth = ({ value }: Trial) => (value === null ? Infinity : sign * value);
  return trials.toSorted((a, b) => worth(a) - worth(b) || a.number - b.number);
}
