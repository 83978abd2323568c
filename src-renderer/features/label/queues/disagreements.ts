/** Rows that two labellers answered differently, with both answers at hand. */
import { m } from '../../../i18n';
import { assist } from '../assist/assist.svelte';
import type { LabelQueue } from '../label-queues';

export const queue: LabelQueue = {
  id: 'disagreements',
  order: 40,
  name: m.assist_queue_disputed,
  about: m.assist_queue_disputed_about,
  unavailable({ id }, { name }) {
    const merge = assist.mergeOf({ versionId: id, column: name });
    if (!merge) return m.assist_queue_no_merge();
    return merge.disputed.length === 0 ? m.assist_queue_no_disputes() : null;
  },
  open({ id }, { name }) {
    const place = { versionId: id, column: name };
    const rows = assist.mergeOf(place)?.disputed.map(({ row }) => row) ?? [];
    return {
      total: rows.length,
      error: null,
      index: (position) => rows[position] ?? null,
      want: () => undefined,
      proposal: (index) => assist.answers(place, index)[0] ?? null,
      other: (index) => assist.answers(place, index)[1] ?? null,
      end: () => undefined,
    };
  },
};
