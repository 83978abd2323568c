/** Looking at data by the keyboard: sorted and filtered rows, texts in full with what was searched for, pictures as they came. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import type { Dataset } from '../../src-main/contract';
import { Examiner } from '../fixtures/examiner';
import { writeBoxes } from '../fixtures/picture-folder';
import { DataPage } from '../pages/data';
import { HomePage } from '../pages/home';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-see-'))));
test.afterEach(() => rm(folder, { recursive: true }));

/** 60 reviews, of which every tenth has no length; the longest stands in row 59. */
function reviews(): string {
  const lines = Array.from({ length: 60 }, (_, row) => {
    const words = `Review ${row} says that the ${row % 3 === 0 ? 'harbour' : 'garden'} was worth the way`;
    return `${words},${row % 10 === 0 ? '' : row * 1.5},2024-01-${String(1 + (row % 28)).padStart(2, '0')},${row % 2 ? 'good' : 'bad'}`;
  });
  return ['text,minutes,day,mood', ...lines, ''].join('\n');
}

test('rows are sorted, filtered, searched and read by the keyboard', async ({ tandem, page }) => {
  const path = join(folder, 'reviews.csv');
  await writeFile(path, reviews());
  await new HomePage(page).chooseFile(tandem.application, path);
  await expect(page.getByRole('heading', { name: 'reviews', level: 1 })).toBeVisible({ timeout: 60_000 });
  const data = new DataPage(page);
  await data.openTab(/^Rows/);
  const first = data.grid.getByRole('rowheader').first();
  const examiner = await Examiner.over(page);

  await test.step('by a column, either way, gaps last, and back', async () => {
    await page.getByRole('button', { name: 'Sort by minutes', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(first).toHaveText(/^2 /);
    const head = page.getByRole('columnheader', { name: /minutes/ });
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await page.keyboard.press('Enter');
    await expect(first).toHaveText(/^60 /);
    await expect(head).toHaveAttribute('aria-sort', 'descending');
  });

  await test.step('a range of rows selects what stands between its ends in this order', async () => {
    await data.row(60).click();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(page.getByRole('toolbar', { name: 'Rows selected: 2' })).toBeVisible();
    await expect(data.row(59)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
  });

  await test.step('news of the project leave the view where it is', async () => {
    await data.row(60).click();
    await page.keyboard.press('End');
    const last = page.getByRole('complementary').getByText('Row 51', { exact: true });
    await expect(last).toBeVisible();
    await page.evaluate(async () => {
      const listed = await window.tandem.rpc('projects.list', undefined);
      const [{ id }] = (listed as { value: [{ id: string }] }).value;
      await window.tandem.rpc('projects.update', { id, name: 'opinions' });
    });
    await expect(page.getByRole('banner')).toContainText('opinions');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('complementary').getByText('Row 41', { exact: true })).toBeVisible();
  });

  await test.step('a filter on numbers, which Delete takes away', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Filter' });
    await form.getByLabel('Column', { exact: true }).selectOption('minutes');
    await form.getByLabel('To', { exact: true }).fill('30');
    await examiner.look('filter');
    await page.keyboard.press('Enter');
    await expect(first).toHaveText(/^20 /);
    await expect(page.getByText('18 of 60 rows')).toBeVisible();
    const chip = page.getByRole('button', { name: 'Remove the filter “minutes: up to 30”' });
    await chip.focus();
    await page.keyboard.press('Delete');
    await expect(page.getByText('60 rows', { exact: true })).toBeVisible();
  });

  await test.step('what is searched for is marked, in the table and in the text in full', async () => {
    await page.getByRole('searchbox').fill('HARBOUR');
    await expect(page.getByText('20 of 60 rows')).toBeVisible();
    await expect(data.grid.locator('mark').first()).toHaveText('harbour');
    await data.grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const reader = page.getByRole('dialog');
    await expect(reader.locator('mark')).toHaveText('harbour');
    await expect(reader).toContainText('2 of 20');
    await page.keyboard.press('ArrowRight');
    await expect(reader).toContainText('3 of 20');
    await examiner.look('text in full');
    await page.keyboard.press('Escape');
    await expect(data.grid).toBeFocused();
  });

  await test.step('rows are found by values that edits give, also by a class that is new', async () => {
    await page.getByRole('searchbox').fill('');
    const call = (name: string, input: unknown) =>
      page.evaluate(([method, value]) => window.tandem.rpc(method, value), [name, input] as const);
    const { value } = (await call('datasets.list', undefined)) as { value: Dataset[] };
    const versionId = value[0]?.latestVersionId;
    const edit = { kind: 'set', column: 'mood', rows: [3, 8], value: 'neutral' };
    await call('edits.append', { versionId, edits: [edit] });
    await page.getByRole('button', { name: 'neutral 2' }).click();
    await expect(page.getByText('2 of 60 rows')).toBeVisible();
    await expect(first).toHaveText(/^9 /);
    await page.getByRole('button', { name: 'neutral 2' }).click();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Filter' });
    await form.getByLabel('Column', { exact: true }).selectOption('mood');
    await form.getByRole('checkbox', { name: /^neutral/ }).check();
    await page.keyboard.press('Enter');
    await expect(page.getByText('2 of 60 rows')).toBeVisible();
    await call('edits.append', { versionId, edits: [{ ...edit, rows: [3], value: 'good' }] });
    await expect(page.getByText('1 of 60 rows')).toBeVisible();
    await call('edits.clear', { versionId });
    await expect(page.getByText('0 of 60 rows')).toBeVisible();
    await page.getByRole('button', { name: 'Show all rows' }).click();
    await expect(page.getByText('60 rows', { exact: true })).toBeVisible();
  });

  await test.step('a column tells how it goes with the target, and how it spreads per class', async () => {
    await data.openTab(/^Columns/);
    await page.getByRole('button', { name: 'minutes', exact: true }).click();
    await expect(data.inspector).toContainText('Correlation ratio');
    const classes = data.inspector.getByRole('table', { name: 'minutes by class' });
    await expect(classes.getByRole('row')).toHaveCount(3);
    await data.openTab('Series');
    await expect(page.getByRole('img', { name: /^minutes\. minutes from 1\.5 to 88\.5/ })).toBeVisible();
    await examiner.look('series');
  });
  expect(examiner.found).toEqual([]);
});

test('a picture opens as it came, with its boxes, and arrows go on', async ({ tandem, page }) => {
  const root = join(folder, 'leaves');
  await writeBoxes(root);
  await new HomePage(page).chooseFolder(tandem.application, root);
  await expect(page.getByRole('heading', { name: 'leaves', level: 1 })).toBeVisible({ timeout: 60_000 });
  const data = new DataPage(page);
  await data.grid.focus();
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog');
  const picture = viewer.getByRole('img', { name: 'Picture of row 1' });
  await expect(picture).toBeVisible();
  await expect(viewer).toContainText('100 × 100');
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(100);
  await page.keyboard.press('1');
  await expect(viewer).toContainText('100%');
  await page.keyboard.press('ArrowRight');
  await expect(viewer).toContainText('2 of 3');
  await expect(viewer.getByRole('img', { name: 'Picture of row 2' })).toBeVisible();
  const examiner = await Examiner.over(page);
  await examiner.look('picture as it came');
  expect(examiner.found).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(data.grid).toBeFocused();
  expect(tandem.complaints).toEqual([]);
});
