/**
 * Why a job's process ended without a last word, in a code that says it in plain words: memory ran out, someone ended it,
 * a native library crashed, or it left by itself. Told by the signal, by its last output, and by the system's own count
 * of processes that it ended for lack of memory.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { ErrorCode, WireError } from '../contract';

/** Signals that the processor or the C library raises when a program's own code has gone wrong. */
const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS', 'crashed']);
/** Signals that only come from outside. */
const KILLS = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'killed']);
/** Electron's own words for memory. */
const MEMORY = new Set(['oom', 'memory-eviction']);
/** What V8, the C++ library and TensorFlow write before they give up for lack of memory. */
const MEMORY_WORDS =
  /heap out of memory|bad_alloc|cannot allocate memory|RESOURCE_EXHAUSTED|could not create a (primitive|memory)|OOM when allocating|ENOMEM/i;

const VMSTAT = '/proc/vmstat';

export interface ProcessEnd {
  /** A signal's name, Electron's reason, or `exit code N`. */
  readonly reason: string;
  /** The end of what it wrote to stderr; empty where nobody listened. */
  readonly lastWords: string;
  /** Whether the system ended some process for lack of memory while this one ran. */
  readonly memoryWasShort: boolean;
}

/** @returns an error of a job that ended unasked; its parameters are the job's `kind` and the `reason`. */
export function describeProcessEnd(kind: string, end: ProcessEnd): WireError {
  return { code: codeOf(end), parameters: { kind, reason: end.reason } };
}

function codeOf({ reason, lastWords, memoryWasShort }: ProcessEnd): ErrorCode {
  if (MEMORY.has(reason) || MEMORY_WORDS.test(lastWords)) return 'job-out-of-memory';
  if (KILLS.has(reason)) return memoryWasShort && reason === 'SIGKILL' ? 'job-out-of-memory' : 'job-killed';
  return CRASHES.has(reason) ? 'job-native-crash' : 'job-crashed';
}

/**
 * Processes that Linux has ended for lack of memory since it started, those of control groups included.
 * @returns null where the system keeps no such count.
 */
export function countMemoryKills(): number | null {
  if (!existsSync(VMSTAT)) return null;
  const match = /^oom_kill (\d+)$/m.exec(readFileSync(VMSTAT, 'utf8'));
  return match ? Number(match[1]) : null;
}
