/** Name, sentence and glyph of each screen. */
import ChartLine from '@lucide/svelte/icons/chart-line';
import Database from '@lucide/svelte/icons/database';
import FileText from '@lucide/svelte/icons/file-text';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import House from '@lucide/svelte/icons/house';
import Network from '@lucide/svelte/icons/network';
import Rocket from '@lucide/svelte/icons/rocket';
import Rows3 from '@lucide/svelte/icons/rows-3';
import Telescope from '@lucide/svelte/icons/telescope';
import { m } from '../../i18n';
import type { Screen } from '../../state/navigation.svelte';

export const screenIcons = {
  home: House,
  data: Database,
  network: Network,
  train: ChartLine,
  runs: Rows3,
  test: FlaskConical,
  use: Rocket,
  search: Telescope,
  report: FileText,
} as const;

const labels: Record<Screen, () => string> = {
  home: m.frame_screen_home,
  data: m.frame_screen_data,
  network: m.frame_screen_network,
  train: m.frame_screen_train,
  runs: m.frame_screen_runs,
  test: m.frame_screen_test,
  use: m.frame_screen_use,
  search: m.search_screen,
  report: m.report_screen,
};
const abouts: Record<Screen, () => string> = {
  home: m.frame_about_home,
  data: m.frame_about_data,
  network: m.frame_about_network,
  train: m.frame_about_train,
  runs: m.frame_about_runs,
  test: m.frame_about_test,
  use: m.frame_about_use,
  search: m.search_about,
  report: m.report_about,
};

export function screenLabel(screen: Screen): string {
  return labels[screen]();
}
export function screenAbout(screen: Screen): string {
  return abouts[screen]();
}
