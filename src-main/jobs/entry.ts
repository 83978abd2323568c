/**
 * Where a job process begins: the host's line, the folder of kinds, and nothing else. The glob is lazy, so each kind is
 * a chunk of its own and only the one that is asked for is loaded.
 */
import { setPriority } from 'node:os';
import { openHostChannel } from './host-channel';
import { serveJob } from './serve';

/** Work in the background yields to the window when both want the same core, and is not starved by other programs. */
const YIELDING = 4;
setPriority(YIELDING);
serveJob(openHostChannel(), import.meta.glob(['./kinds/*.ts', '!./kinds/*.test.ts']));
