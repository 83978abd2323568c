/** Editing data and its versions from the built terminal, as a person or script does. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

/** Built inside the checkout, laid out as the app's build is, so that packages and resources are found. */
beforeAll(async () => {
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'tandem-versions-'));
  await symlink(join(root, 'resources'), join(folder, 'resources'), 'junction');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: true,
      outDir: join(folder, 'out', 'main'),
      minify: false,
      target: 'node20',
      rollupOptions: { input: { tandem: 'src-main/terminal/index.ts', job: 'src-main/jobs/entry.ts' } },
    },
  });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...words: string[]) {
  const script = join(folder, 'out', 'main', 'tandem.js');
  const child = spawn(process.execPath, [script, ...words, '--library', join(folder, 'library')]);
  const [out, err]: Buffer[][] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out!.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err!.push(chunk));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, out: Buffer.concat(out!).toString(), err: Buffer.concat(err!).toString() };
}

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
