/** Query plans: the lists read through the index that was made for them, without a scan or a sort. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findVersionSql } from './datasets';
import { journalStampSql, listEditsSql } from './edits';
import { temporaryFolder } from './fixtures/examples';
import { interruptedImportsSql } from './interrupted-imports';
import { listJobsSql } from './jobs';
import { openLibrary, type Library } from './library';
import { probeReadingsSql } from './probes';
import { findProjectSql, listProjectsSql } from './projects';
import { expiredRunsSql } from './run-bytes';
import { listAllRunsSql, listProjectRunsSql } from './run-rows';
import { changedRunsSql } from './run-summaries';
import { changedTrialsSql } from './search-trials';
import { listSearchesSql, runsOfSearchSql } from './searches';
import { listVersionsSql, projectsOfVersionSql, runsOfVersionSql, versionsOfParentSql } from './versions';

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeAll(() => {
  folder = temporaryFolder();
  library = openLibrary(folder.path);
});
afterAll(() => {
  library.close();
  folder.dispose();
});

test.each([
  ['all runs', listAllRunsSql, 'runs_by_creation'],
  ['runs of a project', listProjectRunsSql, 'runs_by_project'],
  ['runs that changed', changedRunsSql, 'runs_by_revision'],
  ['runs deleted long ago', expiredRunsSql, 'runs_deleted'],
  ['searches of a project', listSearchesSql, 'searches_by_project'],
  ['runs that a search made', runsOfSearchSql, 'runs_by_search'],
  ['trials that changed', changedTrialsSql, 'search_trials_by_revision'],
  ['jobs', listJobsSql, 'jobs_by_creation'],
  ['interrupted imports', interruptedImportsSql, 'jobs_to_continue'],
  ['projects', listProjectsSql, 'projects_by_opening'],
  ['project of a dataset', findProjectSql, 'projects_by_dataset'],
  ['version of a source', findVersionSql, 'versions_by_source'],
  ['versions of a dataset', listVersionsSql, 'sqlite_autoindex'],
  ['versions made from one', versionsOfParentSql, 'versions_by_parent'],
  ['projects that work on a version', projectsOfVersionSql, 'projects_by_version'],
  ['runs that name a version', runsOfVersionSql, 'runs_by_version'],
  ['edits over a version', listEditsSql, 'edits_by_version'],
  ['how the journal stands', journalStampSql, 'edits_by_version'],
  ['epochs', 'SELECT * FROM epochs WHERE run_id = ? ORDER BY epoch', 'PRIMARY KEY'],
  ['batches', 'SELECT * FROM batches WHERE run_id = ? ORDER BY step', 'PRIMARY KEY'],
  ['readings of a run', probeReadingsSql, 'sqlite_autoindex'],
  ['middle of an epoch', 'SELECT * FROM mid_checkpoints WHERE run_id = ?', 'sqlite_autoindex'],
  [
    'chunks of the middle',
    'SELECT bytes FROM mid_checkpoint_chunks WHERE run_id = ? ORDER BY number',
    'sqlite_autoindex',
  ],
  ['model chunks', 'SELECT bytes FROM model_chunks WHERE run_id = ? ORDER BY number', 'sqlite_autoindex'],
])('%s', (_, sql, index) => {
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => '1');
  const plan = library.db
    .prepare<string[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail);
  expect(plan.join('\n')).toContain(index);
  expect(plan.filter((line) => /^SCAN (?!runs USING INDEX|jobs USING INDEX|CONSTANT ROW)/.test(line))).toEqual([]);
});
