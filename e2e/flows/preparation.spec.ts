/** Steps of preparation: chosen in the window by keyboard and pointer, seen on real rows, undone, trained with, compared. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-preparation-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

async function writeReviews(): Promise<string> {
  const texts = ['好看 👍', 'a fine, quiet film', 'dull and loud', 'fine but dull', '太吵了', 'loud, fine'];
  const lines = Array.from({ length: 120 }, (_, row) => {
    const price = row % 9 === 4 ? '' : String(10 ** (row % 4));
    return [
      price,
      `2024-${String((row % 12) + 1).padStart(2, '0')}-05`,
      `"${texts[row % 6]} ${row}"`,
      row % 2 ? 'good' : 'bad',
    ].join(',');
  });
  const path = join(folder, 'reviews.csv');
  await writeFile(path, ['price,day,review,verdict', ...lines, ''].join('\n'));
  return path;
}

const column = (page: Page, name: string) => page.getByRole('list', { name: 'Columns' }).getByRole('button', { name });
async function add(page: Page, step: RegExp) {
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('menuitem', { name: step }).click();
}
async function trainOnce(page: Page, name: string) {
  await new Frame(page).go('Network');
  await new NetworkPage(page).set({ Epochs: 2 });
  await new Frame(page).go('Train');
  await new TrainPage(page).start();
  await new TrainPage(page).isIn('Finished', 120_000);
  const answer = (await page.evaluate(() => window.tandem.rpc('runs.list', { projectId: null }))) as {
    value: { data: { steps?: object } }[];
  };
  expect(answer.value[0]!.data.steps !== undefined, name).toBe(name === 'with steps');
  return answer.value[0]!.data.steps;
}

test('steps are added, seen on rows, undone, trained with and told apart', async ({ tandem, page }) => {
  test.setTimeout(300_000);
  await new HomePage(page).chooseFile(tandem.application, await writeReviews());
  await page.getByRole('tab', { name: 'Preparation' }).click({ timeout: 60_000 });
  const table = page.getByRole('table', { name: 'Rows before and after each step' });
  const heads = () => table.getByRole('columnheader').allInnerTexts();
  const steps = page.getByRole('region', { name: 'price' }).getByRole('listitem');
  await expect(steps).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'price' })).toContainText('Inputs of the network: 2');
  await expect(table.getByText('missing').first()).toBeVisible();
  await expect(steps.first()).toContainText(/Learnt: mean [\d.]+, standard deviation [\d.]+/);

  await add(page, /^Logarithm/);
  await expect(steps).toHaveCount(3);
  await expect.poll(heads).toHaveLength(5);
  await page.getByRole('button', { name: 'Move Logarithm up' }).press('Enter');
  await expect(steps.nth(1)).toContainText('Logarithm');
  await page.getByRole('button', { name: 'Move Logarithm up' }).press('Enter');
  await expect(steps.first()).toContainText('Logarithm');
  await expect(table.getByRole('cell', { name: '6.909', exact: true }).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(steps.nth(1)).toContainText('Logarithm');
  await page.getByRole('button', { name: 'Back to the usual steps' }).click();
  await expect(steps).toHaveCount(2);
  expect(await trainOnce(page, 'usual')).toBeUndefined();

  await new Frame(page).go('Data');
  await page.getByRole('tab', { name: 'Preparation' }).click();
  await column(page, 'review').click();
  await expect(page.getByRole('region', { name: 'review' })).toContainText('No input');
  await add(page, /^Tokens of text/);
  await page.getByRole('combobox', { name: 'Cut into' }).selectOption('byte-pairs');
  await expect(page.getByText(/Learnt: \d+ tokens by \d+ merges/)).toBeVisible();
  await column(page, 'day').focus();
  await page.keyboard.press('Enter');
  await add(page, /^Parts of a date/);
  await expect(table.getByText('sin month', { exact: false })).toBeVisible();
  expect(await trainOnce(page, 'with steps')).toEqual({
    review: [{ type: 'tokens', fields: { unit: 'byte-pairs' } }],
    day: [{ type: 'date-parts', fields: {} }],
  });

  const again = await tandem.relaunch();
  await new Frame(again).go('Runs');
  const boxes = again.getByRole('table', { name: 'Runs' }).getByRole('checkbox', { name: /^Choose / });
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await box.check();
  const comparison = again.getByRole('main');
  await expect(comparison.getByText('review · step 1 · kind')).toBeVisible();
  await expect(comparison.getByText('Tokens of text')).toBeVisible();
  await expect(comparison.getByText('review · step 1 · Cut into')).toBeVisible();
  await expect(comparison.getByText('byte pairs', { exact: true })).toBeVisible();
});

test('pictures are made smaller, and the network follows', async ({ page }) => {
  test.setTimeout(180_000);
  await new HomePage(page).openSample('Handwritten digits');
  await page.getByRole('tab', { name: 'Preparation' }).click({ timeout: 60_000 });
  await add(page, /^Crop/);
  await expect(page.getByText('24 × 24 × 1').first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole('combobox', { name: 'Range' }).selectOption('standardize');
  await expect(page.getByText(/Learnt: mean 0\.1\d+, deviation 0\.3\d+/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('24 × 24 × 1 numbers')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('28 × 28 × 1 numbers')).toBeVisible({ timeout: 30_000 });
});
