/** Live messages of a run in training: asks main for a port that begins after a `seq`, and reads it until it ends. */
import { liveEventSchema, type LiveEvent } from '../../src-main/contract';
import type { LivePortMessage } from '../../src-main/contract/bridge';
import { client } from './client';

export interface LiveListener {
  readonly onEvent: (event: LiveEvent) => void;
  /** There is nothing more to come: the run is not training, or its process has ended. */
  readonly onEnd: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * @param seq the last message already known; those after it come first, then what is new.
 * @returns a function that ends the watching; the listener hears nothing afterwards.
 */
export function watchRun(runId: string, seq: number, listener: LiveListener): () => void {
  const stop = new AbortController();
  let port: MessagePort | null = null;
  const receive = (event: MessageEvent<unknown>) => {
    const sent = event.ports[0];
    if (event.source !== window || !sent || !isLivePort(event.data, runId) || port) return;
    port = sent;
    port.onmessage = (message: MessageEvent<unknown>) => {
      if (stop.signal.aborted) return;
      const parsed = liveEventSchema.safeParse(message.data);
      if (parsed.success) listener.onEvent(parsed.data);
      else listener.onError(parsed.error);
    };
    port.addEventListener('close', () => {
      if (!stop.signal.aborted) listener.onEnd();
    });
  };
  window.addEventListener('message', receive, { signal: stop.signal });
  client.runs.watch({ id: runId, seq }).then(
    (watching) => {
      if (!watching && !stop.signal.aborted) listener.onEnd();
    },
    (error: unknown) => {
      if (!stop.signal.aborted) listener.onError(error);
    },
  );
  return () => {
    stop.abort();
    port?.close();
  };
}

function isLivePort(data: unknown, runId: string): data is LivePortMessage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'live-port' &&
    'runId' in data &&
    data.runId === runId
  );
}
