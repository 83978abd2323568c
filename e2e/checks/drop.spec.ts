/** A file dropped on the window is imported: a real drag of a real file, as the browser's own protocol injects it. */
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
