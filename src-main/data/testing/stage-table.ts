/** A version staged from the text of a table, as an import does it, for tests of what is made of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetVersion, DataSetup } from '../../contract';
import type { LibraryPaths } from '../paths';
import { chooseSource } from '../source';
import { stageVersion } from '../stage';

export interface StagedTable {
  readonly version: DatasetVersion;
  readonly library: LibraryPaths;
  readonly setup: DataSetup;
}

let made = 0;

/** @param folder that exists; each table has a folder of its own in it. @param text of a CSV file with a header. */
export async function stageTable(folder: string, text: string, target: string): Promise<StagedTable> {
  made += 1;
  const own = join(folder, `table-${made}`);
  mkdirSync(own);
  const path = join(own, 'table.csv');
  writeFileSync(path, text);
  const identity = {
    versionId: `version-${made}`,
    datasetId: 'dataset',
    datasetName: 'table',
    sha256: '',
    folder: own,
  };
  const staged = await stageVersion(
    { source: await chooseSource(path), files: [{ path, name: 'table.csv' }], target, ...identity },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  if (!staged.start) throw new Error(`${target} is no target`);
  return {
    version: staged.version,
    library: staged.library,
    setup: { versionId: staged.version.id, ...staged.start.setup },
  };
}
