/** The commands that the frame itself has, on every screen. */
import { gallerySamples } from '../../../src-main/catalog';
import { locale, m, text } from '../../i18n';
import type { Command } from '../../state/commands.svelte';
import { imports } from '../../state/imports.svelte';
import { navigation, steps } from '../../state/navigation.svelte';
import { preferences } from '../../state/preferences.svelte';
import { projects } from '../../state/projects.svelte';
import { toasts } from '../../state/toasts.svelte';
import { undoHistory } from '../../state/undo.svelte';
import { workspace } from '../../state/workspace.svelte';
import { floating } from './floating.svelte';
import { screenLabel } from './screens';

export function frameCommands(): readonly Command[] {
  return [...goCommands(), ...editCommands(), ...projectCommands(), ...viewCommands()];
}

function goCommands(): Command[] {
  const group = m.frame_group_go();
  return (['home', ...steps] as const).map((screen, index) => ({
    id: `go.${screen}`,
    label: screenLabel(screen),
    group,
    key: `Ctrl+${index}`,
    run: () => navigation.go(screen),
  }));
}

function editCommands(): Command[] {
  const group = m.frame_group_edit();
  const { next, nextRedo } = undoHistory;
  return [
    {
      id: 'edit.undo',
      label: next ? `${m.frame_undo()}: ${next.label}` : m.frame_undo(),
      group,
      key: 'Ctrl+Z',
      unavailable: next ? null : m.frame_nothing_to_undo(),
      run: () => void undoHistory.undo(),
    },
    {
      id: 'edit.redo',
      label: nextRedo ? `${m.frame_redo()}: ${nextRedo.label}` : m.frame_redo(),
      group,
      key: 'Ctrl+Shift+Z',
      unavailable: nextRedo ? null : m.frame_nothing_to_redo(),
      run: () => void undoHistory.redo(),
    },
  ];
}

function projectCommands(): Command[] {
  const group = m.frame_group_project();
  const open = (id: string) => {
    workspace.open(id).then(
      () => navigation.go('data'),
      (error: unknown) => toasts.error(error),
    );
  };
  return [
    { id: 'project.file', label: m.home_choose_file(), group, key: 'Ctrl+O', run: () => void imports.pick() },
    { id: 'project.folder', label: m.bring_choose_folder(), group, run: () => void imports.pick('folder') },
    ...gallerySamples().map((sample) => ({
      id: `project.sample.${sample.id}`,
      label: m.home_import_sample({ name: text(sample.label) }),
      group,
      run: () => void imports.sample(sample.id, text(sample.label)),
    })),
    ...(projects.list ?? []).map((project) => ({
      id: `project.open.${project.id}`,
      label: m.home_open_project({ name: project.name }),
      group,
      run: () => open(project.id),
    })),
    {
      id: 'project.rename',
      label: m.frame_rename_project(),
      group,
      unavailable: workspace.project ? null : m.frame_need_project(),
      run: () => (floating.renaming = true),
    },
  ];
}

function viewCommands(): Command[] {
  const group = m.frame_group_view();
  const dark = preferences.shownTheme === 'dark';
  return [
    { id: 'view.palette', label: m.frame_commands(), group, key: 'Ctrl+K', run: () => (floating.palette = true) },
    {
      id: 'view.theme',
      label: dark ? m.frame_switch_light() : m.frame_switch_dark(),
      group,
      run: () => preferences.set({ theme: dark ? 'light' : 'dark' }),
    },
    {
      id: 'view.language',
      label: m.frame_switch_language(),
      group,
      run: () => preferences.set({ locale: locale.current === 'zh' ? 'en' : 'zh' }),
    },
  ];
}
