/** Choices beyond the target: a column as the weight of rows, and random changes of examples; both reach the run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

/** Trains one epoch from where the person is. @returns the newest run as it is kept. */
async function trainOnce(page: Page) {
  const train = new TrainPage(page);
  await new Frame(page).go('Network');
  await new NetworkPage(page).set({ Epochs: 1 });
  await new Frame(page).go('Train');
  await train.start();
  await train.isIn('Finished', 120_000);
  const answer = await page.evaluate(() => window.tandem.rpc('runs.list', { projectId: null }));
  return (answer as { value: { data: unknown; settings: unknown }[] }).value[0];
}

test('a column says how much each row counts, and is no input then', async ({ tandem, page }) => {
  test.setTimeout(240_000);
  const folder = await mkdtemp(join(tmpdir(), 'tandem-choices-'));
  const lines = Array.from({ length: 200 }, (_, row) => {
    const tall = row % 2 === 0;
    return [(tall ? 5 : 1.5) + (row % 7) / 10, (row % 5) - 2, 1 + (row % 4), tall ? 'iris' : 'daisy'].join(',');
  });
  const path = join(folder, 'flowers.csv');
  await writeFile(path, ['length,change,copies,kind', ...lines, ''].join('\n'));
  await new HomePage(page).chooseFile(tandem.application, path);
  await page.getByRole('tab', { name: /^Columns/ }).click();
  const weight = page.getByRole('combobox', { name: 'Weight of rows' });
  await expect(weight.getByRole('option', { name: /^change/ })).toBeDisabled();
  await weight.selectOption({ label: 'copies' });
  const line = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'copies' }) });
  await expect(line.getByText('Weight', { exact: true })).toBeVisible();
  await expect(page.getByText('2 numbers')).toBeVisible();
  expect(await trainOnce(page)).toMatchObject({ data: { weightColumn: 'copies' } });
  await rm(folder, { recursive: true });
});

test('pictures are changed at random as chosen; a table offers what can be done to tables', async ({ page }) => {
  test.setTimeout(240_000);
  await new HomePage(page).openSample('Handwritten digits');
  await expect(page.getByRole('tab', { name: /^Samples/ })).toBeVisible({ timeout: 60_000 });
  await new Frame(page).go('Network');
  await page.getByRole('tab', { name: 'Training settings' }).click();
  await page.getByRole('switch', { name: 'Grain' }).click();
  await page.getByRole('switch', { name: 'Turn' }).click();
  const degrees = page.getByRole('textbox', { name: 'Most degrees' });
  await degrees.fill('15');
  await degrees.press('Enter');
  expect(await trainOnce(page)).toMatchObject({
    settings: {
      augmentation: [
        { type: 'rotate', fields: { degrees: 15 } },
        { type: 'noise', fields: {} },
      ],
    },
  });
  await new Frame(page).go('Home');
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('tab', { name: /^Columns/ })).toBeVisible({ timeout: 60_000 });
  await new Frame(page).go('Network');
  await page.getByRole('tab', { name: 'Training settings' }).click();
  const augmentation = page.getByRole('region', { name: 'Augmentation' });
  await expect(augmentation.getByRole('switch', { name: 'Turn' })).toHaveCount(0);
  await augmentation.getByRole('switch', { name: 'Hidden values' }).click();
  await augmentation.getByRole('switch', { name: 'Mixup' }).click();
  expect(await trainOnce(page)).toMatchObject({
    settings: {
      augmentation: [
        { type: 'value-dropout', fields: {} },
        { type: 'mixup', fields: {} },
      ],
    },
  });
});
