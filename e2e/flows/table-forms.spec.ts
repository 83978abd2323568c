/** Tables in other forms than CSV open as projects, and a damaged one is refused where the person stands. */
import Database from 'better-sqlite3';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { HomePage } from '../pages/home';

const rows = Array.from({ length: 200 }, (_, row) => ({
  length: (row % 2 === 0 ? 5 : 1.5) + (row % 7) / 10,
  garden: ['north', 'south', null][row % 3] ?? null,
  kind: row % 2 === 0 ? 'iris' : 'daisy',
}));

function writeDatabase(path: string): void {
  const db = new Database(path);
  db.exec('CREATE TABLE flowers (length REAL, garden TEXT, kind TEXT)');
  const insert = db.prepare('INSERT INTO flowers VALUES (@length, @garden, @kind)');
  db.transaction(() => rows.forEach((row) => insert.run(row)))();
  db.close();
}

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-forms-'))));
test.afterEach(() => rm(folder, { recursive: true }));

test('JSON and SQLite open with their columns; what is cut off is refused and leaves nothing', async ({
  tandem,
  page,
}) => {
  const home = new HomePage(page);
  const table = page.getByRole('main');
  await writeFile(join(folder, 'records.json'), JSON.stringify(rows));
  writeDatabase(join(folder, 'database.sqlite'));
  for (const name of ['records.json', 'database.sqlite']) {
    await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Home' }).click();
    await home.chooseFile(tandem.application, join(folder, name));
    await expect(page.getByRole('heading', { name: name.split('.')[0]!, level: 1 })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('tab', { name: /^Columns/ }).click();
    for (const column of ['length', 'garden', 'kind']) {
      await expect(table.getByRole('rowheader', { name: column })).toBeVisible();
    }
  }
  await truncate(join(folder, 'records.json'), 3000);
  await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Home' }).click();
  await home.chooseFile(tandem.application, join(folder, 'records.json'));
  await expect(home.refusal).toContainText('records.json cannot be read', { timeout: 60_000 });
  const projects = await page.evaluate(() => window.tandem.rpc('projects.list', undefined));
  expect((projects as { value: unknown[] }).value).toHaveLength(2);
});
