/** Active learning: the rows first that a model is least sure of, since their labels teach it most. */
import { m } from '../../../i18n';
import { assist } from '../assist/assist.svelte';
import { SureQueue } from '../assist/sure-queue.svelte';
import type { LabelQueue } from '../label-queues';

export const queue: LabelQueue = {
  id: 'least-sure',
  order: 30,
  name: m.assist_queue_least,
  about: m.assist_queue_least_about,
  unavailable: ({ id }, { name }) =>
    assist.proposalsOf({ versionId: id, column: name }) ? null : m.assist_queue_no_proposals(),
  open: ({ id }, { name }) => new SureQueue({ versionId: id, column: name }, 'least'),
};
