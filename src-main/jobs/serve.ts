/**
 * Runs one job in this process: takes `start` from the host, loads the kind's file alone (an import never loads
 * TensorFlow), gives it its context, and turns whatever happens into one last message before the process ends.
 */
import { CodedError, toWireError, type FromJob, type JobCommand, type ToJob } from '../contract';
import { openLibrary } from '../storage/library';
import type { JobContext, JobDefinition } from './definition';
import type { HostChannel } from './host-channel';
import { LiveBuffer } from './live-buffer';
import { ProgressReporter } from './progress-reporter';

/** Files of a folder of kinds, as `import.meta.glob` gives them: path → loader. */
export type KindFiles = Readonly<Record<string, () => Promise<unknown>>>;
type Start = Extract<ToJob, { type: 'start' }>;
type Ask = Extract<ToJob, { type: 'ask' }>;
type OtherCommand = Exclude<JobCommand, 'cancel'>;
type Answer = (question: unknown) => Promise<unknown>;
type Last = Extract<FromJob, { type: 'finished' | 'cancelled' | 'failed' }>;

/** A host that has not let the process go by then is stuck; the supervisor kills what stays for ten seconds. */
const UNRELEASED_MS = 5000;

/** Serves the host until the one job it starts has ended, then exits the process: 0 after a good end, else 1. */
export function serveJob(channel: HostChannel, files: KindFiles): void {
  const live = new LiveBuffer();
  const abort = new AbortController();
  const commands = new Mailbox<OtherCommand>();
  const questions = new Mailbox<Ask>();
  const end = new End(channel);
  const fail = (error: unknown) => end.say({ type: 'failed', error: toWireError(error) });
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  const contextOf = (start: Start, progress: ProgressReporter): JobContext => ({
    jobId: start.jobId,
    library: openLibrary(start.library, { role: 'job' }),
    resources: start.resources,
    signal: abort.signal,
    progress: (count) => progress.report(count),
    live: (event) => {
      live.push(event);
      if (!channel.hasPorts) channel.post({ type: 'live', event });
    },
    state: (state) => channel.post({ type: 'state', state }),
    onCommand: (listener) => commands.open(listener),
    onAsk: (answer) => questions.open((ask) => void reply(channel, ask, answer)),
  });

  const start = async (message: Start) => end.say(await runJob(message, channel, files, contextOf, abort.signal));
  channel.onMessage((message, port) => {
    if (message.type === 'start') void start(message);
    else if (message.type === 'release') end.leave();
    else if (message.type === 'attach' && port) live.attach(port, message.seq);
    else if (message.type === 'ask') questions.put(message);
    else if (message.type === 'command' && message.command === 'cancel') abort.abort(new CodedError('job-cancelled'));
    else if (message.type === 'command' && message.command !== 'cancel') commands.put(message.command);
  });
  channel.post({ type: 'ready' });
}

async function runJob(
  start: Start,
  channel: HostChannel,
  files: KindFiles,
  contextOf: (start: Start, progress: ProgressReporter) => JobContext,
  signal: AbortSignal,
): Promise<Last> {
  const progress = new ProgressReporter((value) => channel.post({ type: 'progress', progress: value }));
  let context: JobContext | null = null;
  let last: Last;
  try {
    const definition = await loadKind(start.kind, files);
    const input = parseInput(definition, start.input);
    context = contextOf(start, progress);
    signal.throwIfAborted();
    last = { type: 'finished', result: await definition.run(input, context) };
    progress.flush();
  } catch (error) {
    const cancelled = signal.aborted && isAbort(error);
    last = cancelled ? { type: 'cancelled' } : { type: 'failed', error: toWireError(error) };
    if (!cancelled) console.error(error);
  }
  context?.library.close();
  return last;
}

/** Finds the kind's file by its own name and its definition among what the file exports. */
async function loadKind(kind: string, files: KindFiles): Promise<JobDefinition> {
  const path = `./kinds/${kind}.ts`;
  const load = Object.hasOwn(files, path) ? files[path] : undefined;
  const exported = load ? Object.values((await load()) as Record<string, unknown>) : [];
  const definition = exported.find((value): value is JobDefinition => isDefinition(value) && value.kind === kind);
  if (definition) return definition;
  const known = Object.keys(files).map((file) => file.slice('./kinds/'.length, -'.ts'.length));
  throw new CodedError('definition-unknown', { kind: 'job', id: kind, known: known.join(', ') });
}

function parseInput(definition: JobDefinition, raw: unknown): unknown {
  const parsed = definition.input.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new CodedError('call-invalid', { name: definition.kind, detail: parsed.error.message });
}

function isDefinition(value: unknown): value is JobDefinition {
  return typeof value === 'object' && value !== null && 'kind' in value && 'run' in value && 'input' in value;
}

function isAbort(error: unknown): boolean {
  return error instanceof CodedError
    ? error.code === 'job-cancelled'
    : error instanceof Error && error.name === 'AbortError';
}

async function reply(channel: HostChannel, ask: Ask, answer: Answer): Promise<void> {
  try {
    channel.post({ type: 'answer', id: ask.id, answer: await answer(ask.question) });
  } catch (error) {
    channel.post({ type: 'refusal', id: ask.id, error: toWireError(error) });
  }
}

/**
 * The last message and the process's end. No host says when a message has left this process, and an exit loses those
 * that have not: the process stays until the host, which has it, lets it go.
 */
class End {
  readonly #channel: HostChannel;
  #exitCode: number | null = null;

  constructor(channel: HostChannel) {
    this.#channel = channel;
  }

  /** Only the first counts. */
  say(message: Last): void {
    if (this.#exitCode !== null) return;
    this.#exitCode = message.type === 'failed' ? 1 : 0;
    this.#channel.post(message);
    setTimeout(() => this.leave(), UNRELEASED_MS);
  }

  /** Before the last message there is nothing to leave for. */
  leave(): void {
    if (this.#exitCode !== null) process.exit(this.#exitCode);
  }
}

/** Keeps what comes before the job kind listens, in order. */
class Mailbox<Item> {
  #listener: ((item: Item) => void) | null = null;
  #waiting: Item[] = [];

  put(item: Item): void {
    if (this.#listener) this.#listener(item);
    else this.#waiting.push(item);
  }

  open(listener: (item: Item) => void): void {
    this.#listener = listener;
    for (const item of this.#waiting.splice(0)) listener(item);
  }
}
