/** What can be done with runs by name and key: on those that are chosen, else on the one whose row has the focus. */
import { m } from '../../i18n';
import type { Command } from '../../state/commands.svelte';
import { runs } from '../../state/runs.svelte';
import { toasts } from '../../state/toasts.svelte';
import { isActive } from '../../state/training.svelte';
import type { RunChoice } from './run-choice.svelte';
import { tableView } from './table-view.svelte';

interface Actions {
  readonly remove: (ids: readonly string[]) => void;
  readonly tag: () => void;
}

export function runCommands(choice: RunChoice, { remove, tag }: Actions): readonly Command[] {
  const ids = choice.acting;
  const wanted = new Set(ids);
  const acting = (runs.shown ?? []).filter(({ id }) => wanted.has(id));
  const none = acting.length === 0 ? m.runs_none_chosen() : null;
  const gone = runs.shelf === 'deleted' ? m.runs_is_deleted() : null;
  const active = acting.some(isActive) ? m.runs_active_chosen() : null;
  const allArchived = acting.length > 0 && acting.every((run) => run.archived);
  const group = m.frame_screen_runs();
  const attempt = (work: Promise<void>) => void work.catch((error: unknown) => toasts.error(error));
  const own = { group, unavailable: none ?? gone };
  return [
    { id: 'runs.star', label: m.runs_star_chosen(), key: 'S', ...own, run: () => attempt(runs.star(ids)) },
    { id: 'runs.tag', label: m.runs_tag_chosen(), key: 'T', ...own, run: tag },
    {
      id: 'runs.archive',
      label: allArchived ? m.runs_unarchive_chosen() : m.runs_archive_chosen(),
      key: 'E',
      ...own,
      run: () => attempt(runs.archive(ids, !allArchived)),
    },
    {
      id: 'runs.remove',
      label: gone ? m.runs_purge_chosen() : m.runs_delete_chosen(),
      key: 'Delete',
      group,
      unavailable: none ?? active,
      run: () => remove(ids),
    },
    {
      id: 'runs.restore',
      label: m.runs_restore_chosen(),
      group,
      unavailable: none ?? (gone ? null : m.runs_not_deleted()),
      run: () => attempt(runs.remove(ids, false)),
    },
    ...tableCommands(choice),
  ];
}

/** What changes nothing of the runs. */
function tableCommands(choice: RunChoice): readonly Command[] {
  const group = m.frame_screen_runs();
  return [
    {
      id: 'runs.all',
      label: m.runs_choose_all(),
      group,
      unavailable: tableView.found.length === 0 ? m.runs_no_match() : null,
      run: () => choice.chooseAll(true),
    },
    {
      id: 'runs.clear',
      label: m.runs_clear(),
      group,
      unavailable: runs.selected.length === 0 ? m.runs_none_chosen() : null,
      run: () => runs.select([]),
    },
    { id: 'runs.differing', label: m.runs_columns_differing(), group, run: () => tableView.showDiffering() },
    {
      id: 'runs.fold',
      label: m.runs_fold_all(),
      group,
      unavailable: tableView.groupField ? null : m.runs_no_groups(),
      run: () => tableView.foldAll(true),
    },
    {
      id: 'runs.unfold',
      label: m.runs_unfold_all(),
      group,
      unavailable: tableView.groupField ? null : m.runs_no_groups(),
      run: () => tableView.foldAll(false),
    },
  ];
}
