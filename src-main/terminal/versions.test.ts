/** Editing data and its versions from the built terminal, as a person or script does. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTerminal, endOf, startTerminal } from './testing/built';

let folder: string;
beforeAll(async () => {
  folder = await buildTerminal();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: string[]) => endOf(startTerminal(folder, ...words));

async function result(...words: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await run(...words, '--json');
  expect(err + out.slice(code === 0 ? out.length : 0)).toBe('');
  return JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>;
}

test('data is edited, undone, trained on, compared and deleted', async () => {
  await run('import', 'sample:penguins');
  const edited = await result('edit', 'penguins', '--exclude', '1-3,10', '--set', '4,5:species=Gentoo');
  expect(edited).toMatchObject({ steps: 1, changes: { excluded: 4, changed: [{ column: 'species', cells: 2 }] } });
  await run('edit', 'penguins', '--add-column', 'note:text', '--drop-column', 'island');
  expect(await result('edit', 'penguins', '--undo')).toMatchObject({ steps: 1, redoable: 1 });
  expect((await run('edit', 'penguins')).out).toContain('1 not yet used: rows left out: 4; species: 2 changed.');
  const refused = await run('edit', 'penguins', '--set', '345:species=x');
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('Row 345 cannot be changed: this version of "Penguins" has rows 1 to 344.');
  expect((await run('edit', 'penguins', '--exclude', '3-1')).err).toContain('Write rows as 1-5,9.');

  const trained = await run('train', 'penguins', '--set', 'epochs=1', '--name', 'after-edits');
  expect(trained.code).toBe(0);
  const listed = (await result('versions', 'penguins'))['versions'] as Record<string, unknown>[];
  expect(listed).toMatchObject([
    {
      number: 2,
      rowCount: 340,
      pendingSteps: 0,
      uses: { runs: [{ name: 'after-edits' }], projects: [{ name: 'Penguins' }] },
    },
    { number: 1, rowCount: 344, changes: null, uses: { runs: [], projects: [] } },
  ]);
  const comparison = (await run('versions', 'penguins', '1', '2')).out;
  expect(comparison).toMatch(/Rows: 344 → 340; added: 0, left out: 4\./);
  expect(comparison).toMatch(/Adelie +Gentoo +2/);

  const inUse = await run('delete-version', 'penguins', '2', '--yes');
  expect(inUse.code).toBe(1);
  expect(inUse.err).toContain('Version 2 of "Penguins" is in use by Penguins, after-edits.');
  expect((await run('delete-version', 'penguins', '1')).out).toContain('Nothing was deleted. Add --yes to delete it.');
  await run('delete-version', 'penguins', '1', '--yes');
  expect((await result('versions', 'penguins'))['versions']).toMatchObject([{ number: 2 }]);
  // The run's data is whole without the version that it came from.
  expect((await run('edit', 'penguins', '--exclude', '1', '--make')).out).toMatch(/Version 3: 339 rows/);
}, 120_000);

test('rows are added, and what had no column is named', async () => {
  const folderOf = async (name: string, hues: readonly number[], table?: string) => {
    for (const hue of hues) {
      const place = join(folder, name, hue < 180 ? 'warm' : 'cold');
      await mkdir(place, { recursive: true });
      const canvas = createCanvas(8, 8);
      const context = canvas.getContext('2d');
      context.fillStyle = `hsl(${hue} 70% 50%)`;
      context.fillRect(0, 0, 8, 8);
      await writeFile(join(place, `${hue}.png`), canvas.toBuffer('image/png'));
    }
    if (table) await writeFile(join(folder, name, 'table.csv'), table);
    return join(folder, name);
  };
  await run('import', await folderOf('hues', [0, 40, 200, 240]));
  const more = await folderOf('more', [20, 220], 'file,label,weather\nwarm/20.png,warm,sun\ncold/220.png,cold,rain\n');
  const added = await result('append', 'hues', more);
  expect(added).toMatchObject({ number: 2, rows: 2, rowCount: 6, unmatched: ['weather'] });
  expect(added['copied']).toBeGreaterThan(4 * 8 * 8 * 3);
  const listed = (await run('versions', 'hues')).out;
  expect(listed).toContain('rows added: 2; columns of the added rows left out: weather');
  const refused = await run('append', 'hues', join(folder, 'missing.csv'));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('missing.csv');
  const table = join(folder, 'colours.csv');
  await writeFile(table, 'name,label\nred,warm\nblue,cold\n');
  expect((await run('append', 'hues', table)).err).toContain('hues holds pictures, and colours.csv holds none.');
  expect((await result('versions', 'hues'))['versions']).toHaveLength(2);
}, 120_000);

test('labels are exported with the changes that no version was made of, and nothing is written over unasked', async () => {
  const place = join(folder, 'labels.csv');
  await run('import', 'sample:penguins', '--name', 'Exported');
  await run('edit', 'Exported', '--set', '2:species=Emperor', '--exclude', '1');
  const words = ['export-labels', 'Exported', '--format', 'csv', '--to', place];
  expect(await result(...words)).toEqual({ place, rows: 343, labels: 343 });
  expect((await readFile(place, 'utf8')).split('\n').slice(0, 2)).toEqual([
    '\uFEFFrow,column,label',
    '2,species,Emperor',
  ]);
  const refused = await run(...words);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('“labels.csv” is there already, and nothing was changed in it.');
  expect((await run(...words, '--replace')).out).toContain('343 labels of 343 rows');
  expect((await run('export-labels', 'Exported', '--format', 'voc', '--to', join(folder, 'voc'))).err).toContain(
    'no pictures with boxes',
  );
}, 120_000);
