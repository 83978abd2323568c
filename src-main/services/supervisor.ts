/**
 * Starts, follows and ends jobs: one process per running job, one row per job in the library. Whatever happens to a
 * process, its job gets an end, its run too, and no process outlives the host.
 */
import {
  CodedError,
  fromJobSchema,
  fromWireError,
  type FromJob,
  type Job,
  type JobCommand,
  type JobState,
  type LiveEvent,
  type ToJob,
  type WireError,
} from '../contract';
import { newId } from '../storage/ids';
import { importInput, takeUpImport } from '../storage/interrupted-imports';
import { insertJob, updateJob } from '../storage/jobs';
import type { Library } from '../storage/library';
import { LateWrites } from './late-writes';
import { countMemoryKills, describeProcessEnd } from './process-end';
import { hasToSettle, settleJob } from './settle-job';

/** A started job process, whatever it is made of. */
export interface JobProcess {
  /** @param port a live port to hand over; only hosts with ports have one. */
  post(message: ToJob, port?: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /**
   * @param listener gets why it ended, as far as the system says: `exit code 1`, `SIGKILL`, `oom`; and the end of what it
   * wrote to stderr, where somebody listened.
   */
  onExit(listener: (reason: string, lastWords?: string) => void): void;
  kill(): void;
}
export type LaunchJob = () => JobProcess;

/** Where the supervisor writes what a person does not need to see. */
export interface Log {
  info(event: string, details?: Readonly<Record<string, unknown>>): void;
  warn(event: string, details?: Readonly<Record<string, unknown>>): void;
  error(event: string, details?: Readonly<Record<string, unknown>>): void;
}

export interface SupervisorOptions {
  readonly library: Pick<Library, 'db' | 'directory' | 'paths'>;
  /** Absolute folder of the app's resources. */
  readonly resources: string;
  readonly launch: LaunchJob;
  readonly log: Log;
}

export interface JobRequest {
  readonly kind: string;
  readonly input: unknown;
  /** What it works on, for the activity list. */
  readonly subject: string;
  readonly subjectId: string | null;
}

interface Question {
  resolve(answer: unknown): void;
  reject(error: CodedError): void;
}

interface RunningJob {
  job: Job;
  readonly process: JobProcess;
  /** What can't be sent before the process listens; null from then on. */
  outbox: { message: ToJob; port?: unknown }[] | null;
  readonly questions: Map<number, Question>;
  readonly liveListeners: Set<(event: LiveEvent) => void>;
  readonly end: Deferred<unknown>;
  /** Resolves when the process is gone. */
  readonly gone: Deferred<void>;
  cancelled: boolean;
  /** Ended because the host ends. */
  leaving: boolean;
  /** The system's count of processes ended for lack of memory, as this one started. */
  readonly memoryKills: number | null;
}

/** A promise with its ends in hand (`Promise.withResolvers`, which Node 20 lacks). */
class Deferred<Value> {
  resolve: (value: Value) => void = () => undefined;
  reject: (error: CodedError) => void = () => undefined;
  readonly promise = new Promise<Value>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** A job that does not leave by itself for this long after its last message, or after `cancel`, is killed. */
const GRACE_MS = 10_000;
/** Messages of a process may still be on their way when its end is seen. */
const LATE_MESSAGES_MS = 50;
/** Results of ended jobs that are kept for those who ask late. */
const KEPT_RESULTS = 100;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Map<string, RunningJob>();
  readonly #results = new Map<string, Promise<unknown>>();
  readonly #changeListeners = new Set<(job: Job) => void>();
  readonly #lateWrites: LateWrites;
  readonly #killAll = () => this.#running.forEach(({ process }) => process.kill());
  #nextQuestion = 1;
  #closed = false;
  /** The host ends: nothing new starts. */
  readonly isClosed = () => this.#closed;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#lateWrites = new LateWrites(options.log);
    process.on('exit', this.#killAll);
  }

  /** Writes the job's row and starts its process. @returns the job as it stands now. */
  start(request: JobRequest): Job {
    if (this.#closed) throw new CodedError('job-cancelled');
    const { library } = this.#options;
    const { input, ...shown } = request;
    const job: Job = {
      ...shown,
      id: newId(),
      state: 'running',
      progress: null,
      error: null,
      createdAt: Date.now(),
      endedAt: null,
    };
    insertJob(library.db, job, input);
    return this.#launch(job, input);
  }

  /**
   * Goes on with an interrupted import, under its own id.
   * @throws CodedError `import-not-interrupted`
   */
  continueImport(id: string): Job {
    if (this.#closed) throw new CodedError('job-cancelled');
    const { library } = this.#options;
    const input = importInput(library.db, id);
    return this.#launch(takeUpImport(library, id), input);
  }

  #launch(job: Job, input: unknown): Job {
    const { library, resources, launch, log } = this.#options;
    const running = beginJob(job, launch());
    this.#running.set(job.id, running);
    this.#keepResult(job.id, running.end.promise);
    running.process.onMessage((message) => this.#receive(running, message));
    running.process.onExit((reason, lastWords = '') =>
      setTimeout(() => this.#exited(running, reason, lastWords), LATE_MESSAGES_MS),
    );
    send(running, { type: 'start', jobId: job.id, kind: job.kind, input, library: library.directory, resources });
    log.info('job started', { id: job.id, kind: job.kind, subject: job.subjectId });
    this.#changed(running);
    return job;
  }

  /** @throws CodedError `job-unknown` when it is not running. */
  command(jobId: string, command: JobCommand): void {
    const running = this.#require(jobId);
    send(running, { type: 'command', command });
    if (command !== 'cancel') return;
    running.cancelled = true;
    this.#killLater(running);
  }

  /** Ends an import or a search as it is, to go on later. @throws CodedError `job-unknown` when it is not running. */
  interrupt(jobId: string): void {
    const running = this.#require(jobId);
    running.leaving = true;
    running.process.kill();
  }

  /** Asks a job that stays open. @throws CodedError what the job refused with, or `job-crashed`. */
  ask(jobId: string, question: unknown): Promise<unknown> {
    const running = this.#require(jobId);
    const id = this.#nextQuestion++;
    return new Promise((resolve, reject) => {
      running.questions.set(id, { resolve, reject });
      send(running, { type: 'ask', id, question });
    });
  }

  /** Hands a live port to the job: events after `seq`, then everything new. */
  watch(jobId: string, seq: number, port: unknown): void {
    send(this.#require(jobId), { type: 'attach', seq }, port);
  }

  /** Waits for the end. @throws CodedError the job's own, `job-cancelled`, `job-crashed` or `job-unknown`. */
  async result(jobId: string): Promise<unknown> {
    const result = this.#results.get(jobId);
    if (!result) throw new CodedError('job-unknown', { id: jobId });
    return result;
  }

  /** Called at each change of any job, its progress included. @returns a function that ends it. */
  onChange(listener: (job: Job) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Live events of a job whose host has no ports (the terminal). @returns a function that ends it. */
  onLive(jobId: string, listener: (event: LiveEvent) => void): () => void {
    const { liveListeners } = this.#require(jobId);
    liveListeners.add(listener);
    return () => liveListeners.delete(listener);
  }

  /** The jobs whose process runs now, with their latest progress, oldest first; some may just have ended. */
  running(): Job[] {
    return [...this.#running.values()].map(({ job }) => job);
  }

  /** Those of them that have not ended. */
  working(): Job[] {
    return this.running().filter(({ endedAt }) => endedAt === null);
  }

  /**
   * Ends everything: training is asked to stop and save, imports and searches are interrupted as they are, to go on later, the
   * rest is asked to cancel; what has not ended after `boundMs` is killed. Afterwards no process is left and nothing new starts.
   */
  async shutdown(boundMs = GRACE_MS): Promise<void> {
    this.#closed = true;
    const open = [...this.#running.values()];
    for (const running of open) {
      const { kind, endedAt } = running.job;
      if ((kind === 'import' || kind === 'search') && endedAt === null && !running.cancelled) {
        this.interrupt(running.job.id);
        continue;
      }
      const command = kind === 'train' ? 'stop' : 'cancel';
      if (command === 'cancel') running.cancelled = true;
      send(running, { type: 'command', command });
    }
    const killing = setTimeout(this.#killAll, boundMs);
    await Promise.all(open.map(({ gone }) => gone.promise));
    clearTimeout(killing);
    this.#lateWrites.close();
    process.off('exit', this.#killAll);
  }

  #require(jobId: string): RunningJob {
    const running = this.#running.get(jobId);
    if (!running) throw new CodedError('job-unknown', { id: jobId });
    return running;
  }

  #receive(running: RunningJob, raw: unknown): void {
    const parsed = fromJobSchema.safeParse(raw);
    if (!parsed.success) {
      this.#options.log.error('job message not understood', { id: running.job.id, detail: parsed.error.message });
      return;
    }
    const message = parsed.data;
    if (message.type === 'ready') flushOutbox(running);
    else if (message.type === 'progress') this.#update(running, { progress: message.progress });
    else if (message.type === 'state') this.#update(running, { state: message.state }, true);
    else if (message.type === 'live') running.liveListeners.forEach((listen) => listen(message.event as LiveEvent));
    else if (message.type === 'answer') takeQuestion(running, message.id)?.resolve(message.answer);
    else if (message.type === 'refusal') takeQuestion(running, message.id)?.reject(fromWireError(message.error));
    else this.#finish(running, message);
  }

  /** The job said how it ended; its process waits to hear that this came, and then leaves. */
  #finish(running: RunningJob, message: Extract<FromJob, { type: 'finished' | 'cancelled' | 'failed' }>): void {
    send(running, { type: 'release' });
    if (message.type === 'finished') this.#end(running, 'finished', null, message.result);
    else if (message.type === 'cancelled') this.#end(running, 'cancelled', { code: 'job-cancelled', parameters: {} });
    else this.#end(running, 'failed', message.error);
    this.#killLater(running);
  }

  #exited(running: RunningJob, reason: string, lastWords: string): void {
    const { id, kind } = running.job;
    this.#options.log.info('job process ended', { id, kind, reason });
    try {
      this.#endUnasked(running, reason, lastWords);
    } finally {
      // Whatever the library refused: whoever waits for the process must hear that it is gone.
      this.#running.delete(id);
      running.gone.resolve();
    }
  }

  /** A process that ended without a word about its job. */
  #endUnasked(running: RunningJob, reason: string, lastWords: string): void {
    if (running.job.endedAt === null) {
      const memoryWasShort = (countMemoryKills() ?? 0) > (running.memoryKills ?? 0);
      const cause = describeProcessEnd(running.job.kind, { reason, lastWords, memoryWasShort });
      if (running.cancelled) this.#end(running, 'cancelled', { code: 'job-cancelled', parameters: {} });
      else this.#end(running, 'interrupted', running.leaving ? { code: 'app-ended', parameters: {} } : cause);
    }
  }

  #end(running: RunningJob, state: JobState, error: WireError | null, result?: unknown): void {
    if (running.job.endedAt !== null) return;
    this.#options.log.info('job ended', { id: running.job.id, kind: running.job.kind, state, error });
    const failure = error && fromWireError(error);
    for (const question of running.questions.values()) question.reject(failure ?? new CodedError('job-cancelled'));
    running.questions.clear();
    const { job } = running;
    const { db } = this.#options.library;
    try {
      if (hasToSettle(job))
        this.#lateWrites.write(`end of ${job.kind} ${job.subjectId}`, () => settleJob(db, job, state, error));
      this.#update(running, { state, error: state === 'cancelled' ? null : error, endedAt: Date.now() }, true);
    } finally {
      if (failure) running.end.reject(failure);
      else running.end.resolve(result);
    }
  }

  #update(running: RunningJob, change: Partial<Job>, durable = false): void {
    running.job = { ...running.job, ...change };
    const { state, progress, error, endedAt } = running.job;
    if (durable) {
      const { id } = running.job;
      const { db } = this.#options.library;
      this.#lateWrites.write(`job ${id}`, () => updateJob(db, id, { state, progress, error, endedAt }));
    }
    this.#changed(running);
  }

  #changed({ job }: RunningJob): void {
    for (const listener of this.#changeListeners) listener(job);
  }

  #killLater(running: RunningJob): void {
    const killing = setTimeout(() => running.process.kill(), GRACE_MS).unref();
    void running.gone.promise.then(() => clearTimeout(killing));
  }

  #keepResult(jobId: string, result: Promise<unknown>): void {
    // Whoever asks gets the rejection; nobody has to.
    result.catch(() => undefined);
    this.#results.set(jobId, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > KEPT_RESULTS && oldest !== undefined) this.#results.delete(oldest);
  }
}

function beginJob(job: Job, process: JobProcess): RunningJob {
  return {
    job,
    process,
    outbox: [],
    questions: new Map(),
    liveListeners: new Set(),
    end: new Deferred(),
    gone: new Deferred(),
    cancelled: false,
    leaving: false,
    memoryKills: countMemoryKills(),
  };
}

function send(running: RunningJob, message: ToJob, port?: unknown): void {
  if (running.outbox) running.outbox.push({ message, port });
  else running.process.post(message, port);
}

function flushOutbox(running: RunningJob): void {
  const waiting = running.outbox ?? [];
  running.outbox = null;
  for (const { message, port } of waiting) running.process.post(message, port);
}

function takeQuestion(running: RunningJob, id: number): Question | undefined {
  const question = running.questions.get(id);
  running.questions.delete(id);
  return question;
}
