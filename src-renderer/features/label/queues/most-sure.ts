/** The rows first that a model is surest of: a glance and a key each. */
import { m } from '../../../i18n';
import { assist } from '../assist/assist.svelte';
import { SureQueue } from '../assist/sure-queue.svelte';
import type { LabelQueue } from '../label-queues';

export const queue: LabelQueue = {
  id: 'most-sure',
  order: 32,
  name: m.assist_queue_most,
  about: m.assist_queue_most_about,
  unavailable: ({ id }, { name }) =>
    assist.proposalsOf({ versionId: id, column: name }) ? null : m.assist_queue_no_proposals(),
  open: ({ id }, { name }) => new SureQueue({ versionId: id, column: name }, 'most'),
};
