/** All rows that stay, in the order of the data. */
import { m } from '../../../i18n';
import type { LabelQueue } from '../label-queues';
import { RowQueue } from '../row-queue.svelte';

export const queue: LabelQueue = {
  id: 'all',
  order: 20,
  name: m.label_queue_all,
  about: m.label_queue_all_about,
  unavailable: () => null,
  open: (version, column) => new RowQueue(version.id, column.name, 'all'),
};
