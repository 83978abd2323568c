/**
 * The job process's line to its host. In the app the process is an Electron utility process with a parent port; in the
 * terminal and in tests it is a forked child with a Node channel. Both become one `HostChannel`, so that `serve.ts`
 * and the job kinds never know which it is.
 */
import type { MessagePortMain, ParentPort } from 'electron';
import { toJobSchema, type FromJob, type LiveEvent, type ToJob } from '../contract';

/** A window that watches: live events go in, until it goes away. */
export interface LivePort {
  post(event: LiveEvent): void;
  onClose(listener: () => void): void;
}

export interface HostChannel {
  /** True where watchers bring a port of their own; else live events travel as `live` messages. */
  readonly hasPorts: boolean;
  post(message: FromJob): void;
  onMessage(listener: (message: ToJob, port: LivePort | null) => void): void;
}

const PARENT_CHECK_MS = 1000;

/**
 * Opens the line of this process, and ends the process when its parent goes away.
 * @throws Error when started by hand, without a host.
 */
export function openHostChannel(): HostChannel {
  const parent = process.ppid;
  // A parent that was killed can't say goodbye: an orphan gets a new parent from the system.
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, PARENT_CHECK_MS).unref();
  const parentPort = (process as { parentPort?: ParentPort }).parentPort;
  if (parentPort) return portChannel(parentPort);
  if (process.send) return nodeChannel();
  throw new Error('A job process is started by Tandem, not by hand.');
}

function portChannel(parentPort: ParentPort): HostChannel {
  return {
    hasPorts: true,
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) =>
      parentPort.on('message', (event) => {
        const [port] = event.ports;
        listener(toJobSchema.parse(event.data), port ? livePort(port) : null);
      }),
  };
}

function livePort(port: MessagePortMain): LivePort {
  port.start();
  return {
    post: (event) => port.postMessage(event),
    onClose: (listener) => port.on('close', listener),
  };
}

function nodeChannel(): HostChannel {
  process.on('disconnect', () => process.exit(1));
  return {
    hasPorts: false,
    post: (message) => {
      // The host is gone when sending fails, and 'disconnect' ends the process.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => process.on('message', (message) => listener(toJobSchema.parse(message), null)),
  };
}
