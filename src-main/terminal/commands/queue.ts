/** `queue`: the runs that wait to be trained: listed, put in another order, taken out, and trained until none waits. */
import type { Command } from 'commander';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { CodedError } from '../../contract';
import { requireResumable } from '../../services/runs';
import { RunQueue } from '../../services/run-queue';
import type { CommandDefinition } from '../command-definition';
import { findRun } from '../references';
import type { Session } from '../session';
import { formatTable, formatTime } from '../table';
import { follow } from './train';

const optionsSchema = z.object({
  add: z.string().optional(),
  first: z.string().optional(),
  last: z.string().optional(),
  remove: z.string().optional(),
  run: z.boolean().optional(),
});

/** How often is asked whether there is room for the next one, while another process trains. */
const askMs = 1000;

export const command: CommandDefinition = {
  order: 7.6,
  usage: 'queue',
  description: 'List the runs that wait to be trained, change their order, or train them until none waits.',
  options: (command: Command) =>
    command
      .option('--add <run>', 'put a stopped or interrupted run into the queue (a new one: train … --queue)')
      .option('--first <run>', 'train it before all others')
      .option('--last <run>', 'train it after all others')
      .option('--remove <run>', 'take it out; it stays, stopped')
      .option('--run', 'train what waits, one after another, until none does'),
  async run(session, _, raw) {
    const { add, first, last, remove, run } = optionsSchema.parse(raw);
    const queue = new RunQueue(session.context);
    if (add !== undefined) await addRun(session, queue, add);
    if (first !== undefined) queue.move(await waitingId(session, first), 'first');
    if (last !== undefined) queue.move(await waitingId(session, last), 'last');
    if (remove !== undefined) queue.drop([await waitingId(session, remove)]);
    if (run) await trainAll(session, queue);
    else await report(session);
  },
};

async function addRun(session: Session, queue: RunQueue, text: string): Promise<void> {
  const { id } = findRun(session, text);
  requireResumable(session.context, id);
  await queue.add([id]);
}

/** @throws CodedError `not-found`; `argument-invalid` for one that does not wait */
async function waitingId(session: Session, text: string): Promise<string> {
  const { id, name } = findRun(session, text);
  const { waiting } = await session.services.queue.view();
  if (waiting.some(({ runId }) => runId === id)) return id;
  throw new CodedError('argument-invalid', { name: text, detail: `${name} does not wait in the queue` });
}

/** Told of one that fails, it goes on with the next. */
async function trainAll(session: Session, queue: RunQueue): Promise<void> {
  const { services, output } = session;
  let [done, told] = [0, false];
  while (!session.interrupted()) {
    const id = await queue.startNext();
    if (id !== null) {
      told = false;
      done += 1;
      await follow(session, id).catch((error: unknown) => output.error(error));
      continue;
    }
    const { waiting, training, atOnce } = await services.queue.view();
    if (waiting.length === 0) break;
    if (!told) output.say(`${training} train elsewhere, at most ${atOnce} at once: waiting for one to end.`);
    told = true;
    await setTimeout(askMs);
  }
  output.result({ trained: done }, `${done} trained.`);
}

export async function report({ services, output }: Pick<Session, 'services' | 'output'>): Promise<void> {
  const { waiting, training, atOnce } = await services.queue.view();
  const rows = waiting.map(({ name, runId, priority, queuedAt }, index) => {
    return [index + 1, name, runId, priority, formatTime(queuedAt)];
  });
  const head = `${training} training, at most ${atOnce} at once, ${waiting.length} waiting.`;
  const hint = 'The window trains them when it is open; `tandem queue --run` does it here.';
  const table = formatTable(['place', 'run', 'id', 'priority', 'since'], rows);
  output.result({ training, atOnce, waiting }, waiting.length > 0 ? [head, table, hint].join('\n') : head);
}
