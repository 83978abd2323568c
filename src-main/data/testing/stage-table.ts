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

/** Few rows of many sorts: gaps, words among numbers, texts that differ in case, dates by month and day. */
export const mixedLines = [
  'price,mark,word,day,kind',
  '9.5,10,pear,3/14/2024,a',
  ',9,Apple,12/1/2023,b',
  '-1,,apple,1/2/2024,a',
  '100,2,,12/31/2024,b',
  '9.5,x9,zebra,,a',
  '0.25,10,Pear,1/15/2024,b',
];
