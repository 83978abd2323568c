/** What a trial found, taken over: into the project, with undo, and from there into a run. */
import type { Search } from '../../../../src-main/contract';
import { m, formatNumber } from '../../../i18n';
import { client } from '../../../ipc/client';
import { navigation } from '../../../state/navigation.svelte';
import { runs } from '../../../state/runs.svelte';
import { training } from '../../../state/training.svelte';
import { workspace } from '../../../state/workspace.svelte';

/** @throws CodedError where the search is gone */
export async function useTrial({ id }: Pick<Search, 'id'>, number: number): Promise<void> {
  const { data, network, settings } = await client.searches.configuration({ id, number });
  const isSameData = JSON.stringify(data) === JSON.stringify(workspace.setup);
  const label = m.search_used({ number: formatNumber(number) });
  await workspace.saveConfiguration({ network, settings, ...(isSameData ? {} : { data }) }, label);
}

/** @throws CodedError where the search is gone, or as `runs.start` */
export async function trainTrial(search: Pick<Search, 'id'>, number: number): Promise<void> {
  await useTrial(search, number);
  const projectId = workspace.project?.id;
  if (!projectId) return;
  const run = await client.runs.start({ projectId });
  await runs.reload();
  await training.follow(run.id);
  navigation.go('train');
}
