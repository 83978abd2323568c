/** A file dropped on the window is imported, and so is a pasted table: a real drag of a real file, and the system's clipboard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { writeFlowers } from '../fixtures/table-file';

test('a table that is dropped on Home opens as a project', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-drop-'));
  const file = await writeFlowers(folder);
  await expect(page.getByRole('button', { name: 'Choose a file' }).first()).toBeVisible();
  const box = await page.getByRole('main').boundingBox();
  const place = { x: (box?.x ?? 0) + 200, y: (box?.y ?? 0) + 200 };
  const protocol = await page.context().newCDPSession(page);
  const copy = 1;
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [file], dragOperationsMask: copy };
    await protocol.send('Input.dispatchDragEvent', { type, ...place, data });
  }
  await expect(page.getByRole('heading', { name: 'flowers', level: 1 })).toBeVisible({ timeout: 60_000 });
  await rm(folder, { recursive: true });
});

test('rows that were copied elsewhere and pasted on Home open as a project', async ({ tandem, page }) => {
  await expect(page.getByRole('button', { name: 'Choose a file' }).first()).toBeVisible();
  const rows = Array.from({ length: 60 }, (_, row) => `${row % 7}\t${row % 2 === 0 ? 'iris' : 'daisy'}`);
  const copied = ['length\tkind', ...rows].join('\r\n');
  await tandem.application.evaluate(({ clipboard }, text) => clipboard.writeText(text), copied);
  await page.keyboard.press('Control+V');
  await expect(page.getByRole('heading', { name: 'Pasted table', level: 1 })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: /^Columns/ }).click();
  await expect(page.getByRole('main').getByRole('rowheader', { name: 'kind' })).toBeVisible();
});
