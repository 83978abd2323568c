/** What happens before the first paint and right after it: preferences, device, projects, and the place the app was left at. */
import { m } from '../i18n';
import { activity } from './activity.svelte';
import { device } from './device.svelte';
import { imports } from './imports.svelte';
import { isScreen, navigation } from './navigation.svelte';
import { onNotice } from './notices';
import { preferences } from './preferences.svelte';
import { projects } from './projects.svelte';
import { queue } from './queue.svelte';
import { followRuns } from './run-following.svelte';
import { followSearches } from './searches.svelte';
import { toasts } from './toasts.svelte';
import { followProject, workspace } from './workspace.svelte';

/** Resolves when the window can be painted in the right language, theme and place; the rest goes on behind it. */
export async function start(): Promise<void> {
  const report = (error: unknown) => toasts.error(error);
  const loading = preferences.load();
  // Main says it as soon as the page has loaded, so this listens before anything is waited for.
  const tellRecovered = () => toasts.show(m.frame_recovered());
  onNotice('window-recovered', () => void loading.then(tellRecovered, tellRecovered));
  try {
    const kept = await loading;
    if (isScreen(kept.screen) && kept.projectId) navigation.go(kept.screen);
    if (kept.projectId) void workspace.open(kept.projectId).catch(forgetProject);
  } catch (error) {
    report(error);
  }
  navigation.onChange((screen) => preferences.set({ screen }));
  void device.load().then((info) => preferences.followSystemLocale(info.systemLocale), report);
  projects.follow();
  activity.follow();
  imports.follow();
  followProject();
  followRuns();
  followSearches();
  queue.follow();
}

/** The project of last time is gone: begin at Home, and say so. */
function forgetProject(error: unknown): void {
  workspace.close();
  navigation.go('home');
  toasts.error(error);
}
