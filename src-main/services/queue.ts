/** The queue of runs as a person sees and orders it. */
import type { ContractHandlers } from '../contract';
import type { RunQueue } from './run-queue';

export function queueService(queue: RunQueue): ContractHandlers['queue'] {
  return {
    view: () => queue.view(),
    move: ({ id, to }) => queue.move(id, to),
    startNow: ({ id }) => queue.startNow(id),
    remove: ({ ids }) => queue.drop(ids),
    hold: ({ held }) => queue.hold(held),
  };
}
