/** What a recording is made for: a dataset of its own, or more rows of one that is open. */
import type { DatasetVersion } from '../../../src-main/contract';
import { appending } from '../../state/appending.svelte';
import { imports } from '../../state/imports.svelte';

export interface Purpose {
  /** Recordings of one purpose go on where they were left. */
  readonly key: string;
  /** The version that the rows are added to; null for a dataset of its own. */
  readonly into: DatasetVersion | null;
  /** Names of the classes to begin with. */
  readonly classes: readonly string[];
  readonly leastClasses: 1 | 2;
  /** Whether what is made has a name already. */
  readonly isNamed: boolean;
}

export const ownDataset: Purpose = { key: '', into: null, classes: [], leastClasses: 2, isNamed: false };

/** More rows for a version, of the classes that it has. */
export function moreOf(version: DatasetVersion, classes: readonly string[]): Purpose {
  return { key: version.datasetId, into: version, classes, leastClasses: 1, isNamed: true };
}

/** Made when the view first opens, so that its words are in the person's language; kept while the window is open. */
export function onePerPurpose<Made>(make: (classes: readonly string[]) => Made): (purpose: Purpose) => Made {
  const all = new Map<string, Made>();
  return ({ key, classes }) => {
    const made = all.get(key) ?? make(classes);
    all.set(key, made);
    return made;
  };
}

interface Finishing {
  readonly name: string;
  finish(name: string): Promise<{ readonly file: string; readonly name: string } | null>;
  clear(): void;
}

/** Hands what was recorded to the library. @returns whether it is on its way; else the recording says why not. */
export async function handOver(recording: Finishing, { into }: Purpose): Promise<boolean> {
  const kept = await recording.finish(into?.datasetName ?? recording.name.trim());
  if (!kept) return false;
  recording.clear();
  void (into ? appending.kept(kept, into) : imports.kept(kept));
  return true;
}
