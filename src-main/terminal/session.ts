/**
 * A library, a supervisor and the services for the time of one command. Ctrl-C asks running jobs to stop (training saves
 * what it has) and a second one kills; a signal of the system leaves an import to go on later. Whatever happens, no job
 * outlives the session.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, type ContractHandlers } from '../contract';
import { spillTo } from '../data/duckdb';
import type { ServiceContext } from '../services/context';
import { readHere } from '../services/data-reader';
import { GrantedFiles } from '../services/files';
import { createServices } from '../services/index';
import { Supervisor } from '../services/supervisor';
import { openLibrary, type Library } from '../storage/library';
import { childLauncher } from './child-process';
import type { Output } from './output';

export interface Session {
  readonly library: Library;
  readonly supervisor: Supervisor;
  readonly services: ContractHandlers;
  readonly context: ServiceContext;
  readonly output: Output;
  /** Whether the person has asked to stop. */
  readonly interrupted: () => boolean;
}

export interface SessionFolders {
  /** Absolute folder of the library. */
  readonly library: string;
  readonly resources: string;
  /** The built job entry. */
  readonly jobEntry: string;
}

/** Opens, works, closes. @returns what the work returned; throws what it threw, after closing */
export async function withSession<Result>(
  folders: SessionFolders,
  output: Output,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  mkdirSync(folders.library, { recursive: true });
  const library = openLibrary(folders.library, { role: 'owner' });
  for (const notice of library.notices) {
    const { message, hint } = describeError(notice, 'en');
    output.warn(`${message} ${hint}`);
  }
  const supervisor = newSupervisor(library, folders, output);
  const context: ServiceContext = {
    library,
    supervisor,
    data: readHere(library),
    resources: folders.resources,
    files: new GrantedFiles(),
    notify: () => undefined,
    leavesQueue: true,
  };
  const signals = listenToSignals(supervisor, output);
  try {
    await spillTo(join(library.paths.temporary, `spill-${randomUUID()}`));
    const services = createServices(context);
    return await work({ library, supervisor, services, context, output, interrupted: signals.interrupted });
  } finally {
    await supervisor.shutdown();
    signals.end();
    library.close();
  }
}

function newSupervisor(library: Library, { resources, jobEntry }: SessionFolders, output: Output): Supervisor {
  const tell = (event: string, details?: object) => output.warn(`${event} ${JSON.stringify(details ?? {})}`);
  const log = { info: () => undefined, warn: tell, error: tell };
  return new Supervisor({ library, resources, launch: childLauncher(jobEntry), log });
}

/** The first signal asks, the second ends the process; the supervisor kills its children as it goes. */
function listenToSignals(supervisor: Supervisor, output: Output): { interrupted: () => boolean; end: () => void } {
  let count = 0;
  const stop = (signal: NodeJS.Signals) => {
    count += 1;
    if (count > 1) process.exit(130);
    const running = supervisor.running();
    if (running.length === 0) process.exit(130);
    for (const { id, kind } of running) {
      output.warn(stopJob(supervisor, { id, kind }, signal));
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    interrupted: () => count > 0,
    end: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

/** @returns what the person is told */
function stopJob(supervisor: Supervisor, { id, kind }: { id: string; kind: string }, signal: NodeJS.Signals): string {
  if (kind === 'import' && signal !== 'SIGINT') {
    supervisor.interrupt(id);
    return 'The import is interrupted; `tandem import --resume` goes on with it.';
  }
  const isKept = kind === 'train' || kind === 'search';
  supervisor.command(id, isKept ? 'stop' : 'cancel');
  return isKept
    ? 'Stopping; what was trained is saved. Press Ctrl-C again to end at once.'
    : 'Cancelling. Press Ctrl-C again to end at once.';
}
