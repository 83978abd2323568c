/** The versions of the open dataset, kept current; two of them compared; one deleted. */
import type { VersionComparison, VersionEntry, VersionRemoval } from '../../../src-main/contract';
import { m } from '../../i18n';
import { client } from '../../ipc/client';
import { onNotice } from '../../state/notices';
import { toasts } from '../../state/toasts.svelte';

export class VersionList {
  #entries = $state.raw<readonly VersionEntry[] | null>(null);
  #error = $state.raw<unknown>(null);
  readonly #datasetId: string;

  constructor(datasetId: string) {
    this.#datasetId = datasetId;
    void this.reload();
  }

  /** Newest first; null until read. */
  get entries(): readonly VersionEntry[] | null {
    return this.#entries;
  }
  get error(): unknown {
    return this.#error;
  }

  /** Reads again whenever versions, or what uses them, change. @returns a function that ends it */
  follow(): () => void {
    const reload = () => void this.reload();
    const ends = (['versions-changed', 'projects-changed', 'runs-changed'] as const).map((notice) =>
      onNotice(notice, reload),
    );
    return () => ends.forEach((end) => end());
  }

  async reload(): Promise<void> {
    try {
      this.#entries = await client.datasets.versions({ datasetId: this.#datasetId });
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
  }
}

/** How two versions differ; the last two asked for win. */
export class Comparing {
  #result = $state.raw<VersionComparison | null>(null);
  #error = $state.raw<unknown>(null);
  #asked = 0;

  get result(): VersionComparison | null {
    return this.#result;
  }
  get error(): unknown {
    return this.#error;
  }

  async compare(from: string, to: string, target: string | null): Promise<void> {
    const asked = ++this.#asked;
    this.#result = null;
    this.#error = null;
    try {
      const result = await client.datasets.compare({ from, to, target });
      if (asked === this.#asked) this.#result = result;
    } catch (error) {
      if (asked === this.#asked) this.#error = error;
    }
  }
}

/** What deleting a version would free; null where that cannot be told, which is said. */
export async function askRemoval(versionId: string): Promise<VersionRemoval | null> {
  try {
    return await client.datasets.removal({ versionId });
  } catch (error) {
    toasts.error(error);
    return null;
  }
}

/** @returns whether it is gone. */
export async function deleteVersion({ id, number }: VersionEntry): Promise<boolean> {
  try {
    await client.datasets.remove({ versionId: id });
    toasts.show(m.versions_deleted({ number: String(number) }));
    return true;
  } catch (error) {
    toasts.error(error);
    return false;
  }
}
