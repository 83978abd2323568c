/** What a form in which other tools read runs is. One file per form under `run-formats/`, found by globbing. */
import type { RunHistory, Text } from '../contract';
import { registry } from './registry';

/** A run on its way out, with what it is called there. */
export interface ExportedRun extends RunHistory {
  readonly tags: readonly string[];
  /** A name that every file system takes; no two runs of an export have the same. */
  readonly folder: string;
  readonly projectName: string;
  /** sha256 of what the data was read from; null where the data is gone. */
  readonly dataSha256: string | null;
}

export interface ExportedFile {
  /** Below the export's folder, with `/`. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface RunFormat {
  readonly id: string;
  /** Place in the list. */
  readonly order: number;
  readonly label: Text;
  /** In one sentence, with what reads it. */
  readonly about: Text;
  /** @param place absolute path of the folder that is made, for forms that name it. */
  files(run: ExportedRun, place: string): Iterable<ExportedFile>;
}

export const runFormats = registry<RunFormat>(
  'run format',
  import.meta.glob(['./run-formats/*.ts', '!./run-formats/*.test.ts'], { eager: true, import: 'definition' }),
);
