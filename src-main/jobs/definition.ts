/**
 * What a job kind is: an input schema and a `run`. One file per kind under `jobs/kinds/`, found by globbing; the entry
 * (`entry.ts`) gives each the same context, so progress, cancelling, live events and answers are written once.
 */
import type { z } from 'zod';
import type { JobCommand, LiveEvent, Progress } from '../contract';
import type { Library } from '../storage/library';

export interface JobContext {
  readonly jobId: string;
  /** The job's own connection to the library. */
  readonly library: Library;
  /** Absolute folder of the app's resources. */
  readonly resources: string;
  /** Aborted when the person cancels: leave nothing behind and throw `job-cancelled` (`signal.throwIfAborted` is enough). */
  readonly signal: AbortSignal;
  /** Sent at most ten times a second, however often it is called; rate and ETA are worked out from `done` and `total`. */
  progress(progress: Pick<Progress, 'stage' | 'done' | 'total' | 'unit'>): void;
  /** Live events to whoever watches; the last few thousand are kept for those who attach later with a `seq`. */
  live(event: LiveEvent): void;
  /** Tells the host that the job waits for the person, or works again. */
  state(state: 'running' | 'paused'): void;
  /** Commands other than `cancel`. */
  onCommand(listener: (command: Exclude<JobCommand, 'cancel'>) => void): void;
  /** Questions to a job that stays open (`predict`); a thrown error becomes a refusal. */
  onAsk(answer: (question: unknown) => Promise<unknown>): void;
}

export interface JobDefinition<Input extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly input: Input;
  run(input: z.output<Input>, context: JobContext): Promise<unknown>;
}

export function defineJob<Input extends z.ZodType>(definition: JobDefinition<Input>): JobDefinition<Input> {
  return definition;
}
