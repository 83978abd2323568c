/**
 * What happens where a batch does not fit into memory, the device's or the computer's: the log says so, the batch is halved,
 * and training goes on from the last complete epoch, until it fits or the batch is too small to be worth it.
 */
import { CodedError, type Run } from '../../contract';
import type { Library } from '../../storage/library';
import { shrinkBatch } from '../../storage/run-batch';
import { getRun } from '../../storage/runs';
import type { RunRecord } from './run-record';

/** Below it nothing is halved: the weights and one example's values are then what takes the memory. */
export const smallestBatch = 8;

/**
 * TensorFlow's status 8 is RESOURCE_EXHAUSTED; V8 says that it could not get memory for an array. Where a native library
 * cannot tell (the system ends the process, a null pointer is written to), the supervisor sees the end of the process.
 */
const memoryWords =
  /RESOURCE_EXHAUSTED|ResourceExhausted|TF_Status: 8\b|OOM when|out of memory|failed to allocate|Array buffer allocation failed/i;

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && !(error instanceof CodedError) && memoryWords.test(error.message);
}

/** What this needs of a training job. */
interface Trained {
  readonly run: Run;
  readonly record: RunRecord;
  readonly context: { readonly library: Library };
  readonly prepared: { readonly parts: { readonly training: Int32Array } };
}

/**
 * Calls `train` until it ends other than for lack of memory; each time with half the batch, written down in the run.
 * @returns how it ended, and the session with the run as it was trained at last.
 * @throws CodedError `out-of-memory` where half the batch would be less than `smallestBatch`; else what `train` throws.
 */
export async function trainWithinMemory<Session extends Trained, End>(
  session: Session,
  train: (session: Session) => Promise<End>,
): Promise<{ readonly session: Session; readonly end: End }> {
  for (let current = session; ;) {
    try {
      return { session: current, end: await train(current) };
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      current = { ...current, run: halve(current, error) };
    }
  }
}

function halve({ run, record, context, prepared }: Trained, cause: unknown): Run {
  const rows = prepared.parts.training.length;
  const { from, to } = halfBatch(run.settings.batchSize, rows, cause);
  shrinkBatch(context.library.db, run.id, { batchSize: to, stepsPerEpoch: Math.ceil(rows / to) });
  record.log('batch-halved', { from, to }, 'warning');
  record.keepEvents();
  return getRun(context.library.db, run.id);
}

/** A batch larger than the data is the data. @throws CodedError `out-of-memory` where half of it is too small to be worth it */
export function halfBatch(
  batchSize: number,
  rows: number,
  cause: unknown,
): { readonly from: number; readonly to: number } {
  const from = Math.min(batchSize, rows);
  const to = Math.floor(from / 2);
  if (to < smallestBatch) throw new CodedError('out-of-memory', { batchSize: from }, cause);
  return { from, to };
}
