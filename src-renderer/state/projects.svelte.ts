/** All projects and the datasets they stand on, for Home and the project menu. */
import type { Dataset, Project } from '../../src-main/contract';
import { m } from '../i18n';
import { client } from '../ipc/client';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';
import { undoHistory } from './undo.svelte';
import { workspace } from './workspace.svelte';

class Projects {
  #list = $state.raw<readonly Project[] | null>(null);
  #datasets = $state.raw<readonly Dataset[]>([]);

  /** The one opened last leads; null until they are read. */
  get list(): readonly Project[] | null {
    return this.#list;
  }

  datasetOf(project: Project): Dataset | null {
    return this.#datasets.find((dataset) => dataset.id === project.datasetId) ?? null;
  }

  /** Keeps the list current. */
  follow(): void {
    void this.reload();
    onNotice('projects-changed', () => void this.reload());
    onNotice('runs-changed', () => void this.reload());
  }

  async reload(): Promise<void> {
    try {
      const [list, datasets] = await Promise.all([client.projects.list(), client.datasets.list()]);
      this.#list = list;
      this.#datasets = datasets;
    } catch (error) {
      toasts.error(error);
    }
  }

  /** Takes a project off the lists; undo brings it back. */
  async archive(project: Project): Promise<void> {
    const put = async (archived: boolean) => {
      await client.projects.archive({ id: project.id, archived });
      await this.reload();
    };
    await put(true);
    if (workspace.project?.id === project.id) workspace.close();
    const label = m.home_archived({ name: project.name });
    undoHistory.record({ label, undo: () => put(false), redo: () => put(true) }, true);
  }
}

export const projects = new Projects();
