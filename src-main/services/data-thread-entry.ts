/** Where the data thread begins: answers one question after the other about the library it was started for. */
import { parentPort, workerData } from 'node:worker_threads';
import { CodedError, toWireError } from '../contract';
import { spillTo } from '../data/duckdb';
import { readHere } from './data-reader';
import type { ThreadAnswer, ThreadPaths, ThreadQuestion } from './data-thread';

const { library, spill } = workerData as ThreadPaths;
const reader = readHere(library);
await spillTo(spill);

async function answer(question: ThreadQuestion): Promise<ThreadAnswer> {
  const { id, name, input } = question;
  try {
    const read: (...values: never[]) => Promise<unknown> = reader[name];
    return { id, ok: true, value: await read(...(input as never[])) };
  } catch (error) {
    return { id, ok: false, error: toWireError(error), cause: causeOf(error) };
  }
}

function causeOf(error: unknown): string | null {
  if (!(error instanceof CodedError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return error.cause === undefined ? null : String(error.cause);
}

parentPort?.on('message', (question: ThreadQuestion) => {
  void answer(question).then((answered) => parentPort?.postMessage(answered));
});
