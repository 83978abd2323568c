/** DuckDB's failures as people meet them: a code with words, never what was not foreseen. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { execute, queryRows, spillTo } from './duckdb';

test('too little memory is said as such, and a folder to spill to helps', async () => {
  await execute("SET memory_limit = '64MB'");
  // A sort holds all its rows.
  const sorted = `SELECT count(*) FROM
    (SELECT x, md5(x::VARCHAR) || 'padding' AS y FROM range(2000000) t(x) ORDER BY y OFFSET 1)`;
  await expect(queryRows(sorted)).rejects.toMatchObject({ code: 'data-out-of-memory' });
  await spillTo(mkdtempSync(join(tmpdir(), 'tandem-spill-')));
  expect(await queryRows(sorted)).toEqual([[1_999_999]]);
}, 60_000);

test.skipIf(process.platform !== 'linux')(
  'a full disk is said with the file',
  async () => {
    const copy = "COPY (SELECT range AS x, md5(range::VARCHAR) AS y FROM range(1000000)) TO '/dev/full' (FORMAT csv)";
    await expect(execute(copy)).rejects.toMatchObject({ code: 'disk-full', parameters: { path: '/dev/full' } });
  },
  60_000,
);

test('anything else has a code too', async () => {
  await expect(queryRows('SELECT no_such_column')).rejects.toMatchObject({ code: 'table-unreadable' });
});
