/** What each field decided, worked out beside the window: a forest over hundreds of trials takes longer than a frame. */
import { searchImportance } from '../../../../src-main/catalog';
import type { ImportanceQuestion } from './importance.svelte';

addEventListener('message', ({ data }: MessageEvent<ImportanceQuestion>) => {
  postMessage(searchImportance(data.plan, data.trials));
});
