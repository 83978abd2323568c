/**
 * A run as the window shows it: its history with the live messages that follow laid on top. Pure, so that re-attaching
 * after a reload can be proved free of gaps and duplicates.
 */
import type { BatchPoint, DeviceUse, Epoch, LiveEvent, Run, RunEvent, RunHistory } from '../../src-main/contract';

export interface RunView {
  readonly run: Run;
  readonly epochs: readonly Epoch[];
  readonly batches: readonly BatchPoint[];
  readonly events: readonly RunEvent[];
  /** The last message that is in the view. */
  readonly seq: number;
  readonly stepsDone: number;
  /** The step in the middle of the epoch up to which the run is saved; null where its last whole epoch is the newest. */
  readonly savedStep: number | null;
  /** 0 until the first batch message. */
  readonly stepsTotal: number;
  readonly examplesPerSecond: number | null;
  readonly etaSeconds: number | null;
  /** What its process took of the machine last; null until it is told. */
  readonly device: DeviceUse | null;
}

/** @param history as read from the library; live messages with a higher `seq` follow it. */
export function viewOfHistory(history: RunHistory): RunView {
  const last = history.epochs.at(-1);
  return {
    run: history.run,
    epochs: history.epochs,
    batches: history.batches,
    events: history.events,
    seq: history.seq,
    stepsDone: history.batches.at(-1)?.step ?? 0,
    savedStep: null,
    stepsTotal: 0,
    examplesPerSecond: last?.examplesPerSecond ?? null,
    etaSeconds: null,
    device: null,
  };
}

export interface Applied {
  readonly view: RunView;
  /** Whether a message was missing between the view and these: the history should be read again. */
  readonly gap: boolean;
}

/**
 * Lays messages on a view in the order they came. One with a `seq` already in the view changes nothing; one that
 * leaves a gap is applied and the gap reported. Arrays are copied once per call, not once per message.
 */
export function applyLive(view: RunView, messages: readonly LiveEvent[]): Applied {
  const fresh: LiveEvent[] = [];
  let seq = view.seq;
  let gap = false;
  for (const message of messages) {
    if (message.seq <= seq) continue;
    if (message.seq > seq + 1) gap = true;
    seq = message.seq;
    fresh.push(message);
  }
  if (fresh.length === 0) return { view, gap };
  let next: RunView = { ...view, seq };
  for (const message of fresh) next = { ...next, ...scalarsOf(next, message) };
  return { view: { ...next, ...listsOf(view, fresh) }, gap };
}

function scalarsOf(view: RunView, message: LiveEvent): Partial<RunView> {
  switch (message.type) {
    case 'state':
      return { run: { ...view.run, state: message.state } };
    case 'batch':
      return {
        stepsDone: message.stepsDone,
        stepsTotal: message.stepsTotal,
        examplesPerSecond: message.examplesPerSecond,
        etaSeconds: message.etaSeconds,
      };
    case 'epoch':
      return {
        savedStep: null,
        run: {
          ...view.run,
          epochsDone: Math.max(view.run.epochsDone, message.epoch.epoch),
          last: message.epoch.metrics,
        },
      };
    case 'checkpoint':
      return { savedStep: message.step };
    case 'device':
      return { device: message.use };
    case 'event':
      return {};
  }
}

function listsOf(view: RunView, messages: readonly LiveEvent[]): Pick<RunView, 'epochs' | 'batches' | 'events'> {
  const epochs = messages.flatMap((message) => (message.type === 'epoch' ? [message.epoch] : []));
  const points = messages.flatMap((message) => (message.type === 'batch' ? [message.point] : []));
  const events = messages.flatMap((message) => (message.type === 'event' ? [message.event] : []));
  const lastStep = view.batches.at(-1)?.step ?? -1;
  const newPoints = points.filter((point) => point.step > lastStep);
  const knownEvents = new Set(view.events.map((event) => event.seq));
  const newEvents = events.filter((event) => !knownEvents.has(event.seq));
  return {
    epochs: epochs.length === 0 ? view.epochs : withEpochs(view.epochs, epochs),
    batches: newPoints.length === 0 ? view.batches : [...view.batches, ...newPoints],
    events: newEvents.length === 0 ? view.events : [...view.events, ...newEvents],
  };
}

/** An epoch that is there already is replaced: a run that goes on after a kill trains it again. */
function withEpochs(known: readonly Epoch[], added: readonly Epoch[]): readonly Epoch[] {
  const numbers = new Set(added.map((epoch) => epoch.epoch));
  return [...known.filter((epoch) => !numbers.has(epoch.epoch)), ...added].sort((a, b) => a.epoch - b.epoch);
}
