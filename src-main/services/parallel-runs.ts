/** How many runs are trained at the same time, where nobody has chosen it. */
import type { Device } from '../contract';
import { mostAtOnce } from '../contract';

/** TensorFlow shares a step of one run out among all cores; a second run pays where each still has so many. */
const coresPerRun = 4;
/** Bytes that stay free for the window, the system and what runs take at their ends. */
const reserve = 1e9;

export interface Room {
  readonly backend: Device['backend'];
  readonly cores: number;
  /** Bytes that are free now, beside what the trainings under way take. */
  readonly freeMemory: number;
  /** Trainings under way. */
  readonly training: number;
  /** Bytes that the next run is expected to take. */
  readonly needed: number;
}

/**
 * One on a GPU, which runs would only take turns on; else one for every four cores, as long as memory holds the next one.
 * The first is always trained: what does not fit says so itself.
 */
export function automaticParallelRuns({ backend, cores, freeMemory, training, needed }: Room): number {
  const byDevice = backend === 'tensorflow-cuda' ? 1 : Math.floor(cores / coresPerRun);
  const byMemory = training + Math.floor(Math.max(0, freeMemory - reserve) / needed);
  return Math.min(mostAtOnce, Math.max(1, Math.min(byDevice, byMemory)));
}
