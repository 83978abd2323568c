/**
 * A process for the tests that kill: `edit LIBRARY VERSION N` makes a version of the pending edits, `remove LIBRARY VERSION N`
 * deletes one, `append LIBRARY VERSION N PATH` adds rows to one, `export LIBRARY VERSION N PATH` writes its labels there, and kills itself before its step number N that changes the
 * database or the library's files.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Database } from '../../storage/database';
import { openLibrary } from '../../storage/library';
import { removeVersion } from '../../storage/version-files';
import { appendJob } from '../kinds/append';
import { editJob } from '../kinds/edit';
import { exportLabelsJob } from '../kinds/export-labels';

const [mode, directory = '', versionId = '', point = '', path = ''] = process.argv.slice(2);
let steps = 0;

function countStep(): void {
  steps += 1;
  if (steps === Number(point)) process.kill(process.pid, 'SIGKILL');
}

type Functions = Record<string, (...values: unknown[]) => unknown>;
function countCalls(owner: object, names: readonly string[]): void {
  const functions = owner as Functions;
  for (const name of names) {
    const work = functions[name];
    functions[name] = (...values) => {
      countStep();
      return work?.(...values);
    };
  }
}

function countWrites(db: Database): void {
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    if (/^\s*(INSERT|UPDATE|DELETE)/.test(sql)) {
      const write = statement.run.bind(statement);
      statement.run = (...values: unknown[]) => {
        countStep();
        return write(...values);
      };
    }
    return statement;
  }) as typeof db.prepare;
}

const library = openLibrary(directory, { role: 'job' });
countWrites(library.db);
countCalls(fs, ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync']);
countCalls(promises, ['mkdir', 'writeFile', 'link', 'copyFile', 'rename', 'rm']);
syncBuiltinESMExports();

const nothing = () => undefined;
const context = {
  jobId: 'dying',
  library,
  resources: '',
  signal: new AbortController().signal,
  progress: countStep,
  live: nothing,
  state: nothing,
  onCommand: nothing,
  onAsk: nothing,
};
if (mode === 'edit') await editJob.run({ versionId }, context);
else if (mode === 'append') await appendJob.run({ versionId, source: { kind: 'file', path } }, context);
else if (mode === 'export') {
  await exportLabelsJob.run(
    { versionId, format: 'csv', columns: [], pictures: false, place: path, replace: false },
    context,
  );
} else await removeVersion(library, versionId);
library.close();
process.exit(0);
