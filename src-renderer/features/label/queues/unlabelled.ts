/** Rows that have no label yet, in the order of the data. */
import { m } from '../../../i18n';
import type { LabelQueue } from '../label-queues';
import { RowQueue } from '../row-queue.svelte';

export const queue: LabelQueue = {
  id: 'unlabelled',
  order: 10,
  name: m.label_queue_unlabelled,
  about: m.label_queue_unlabelled_about,
  unavailable: () => null,
  open: (version, column) => new RowQueue(version.id, column.name, 'unlabelled'),
};
