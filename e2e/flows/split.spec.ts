/** Splits in the window: the kinds and what the data suggests, what a split made, duplicates on two sides and their repair. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { HomePage } from '../pages/home';

/** 240 visits of 40 patients over 240 days; in eight pairs of rows the measured values are the same. */
function visits(): string {
  const rows = Array.from({ length: 240 }, (_, row) => {
    const copied = row >= 232 ? row - 232 : row;
    const day = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
    const ill = (copied * 7) % 5 < 2;
    return [
      `P${row % 40}`,
      day,
      (36 + ((copied * 37) % 240) / 80).toFixed(4),
      60 + ((copied * 53) % 97),
      ill ? 'yes' : 'no',
    ];
  });
  return ['patient,visit,temperature,pulse,ill', ...rows.map((row) => row.join(','))].join('\n');
}

async function openVisits(page: Page, application: Parameters<HomePage['chooseFile']>[0], text = visits()) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-split-'));
  const path = join(folder, 'visits.csv');
  await writeFile(path, text);
  await new HomePage(page).chooseFile(application, path);
  await page.getByRole('tab', { name: /^Split/ }).click();
  await rm(folder, { recursive: true });
}

async function brokenRules(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(where: Document, options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
      };
    };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ target }) => target))}`);
  });
}

test('by groups as the data suggests, by order, and back with undo', async ({ tandem, page }) => {
  test.setTimeout(120_000);
  await openVisits(page, tandem.application);
  const main = page.getByRole('main');
  await expect(main.getByRole('radio', { name: 'At random' })).toBeChecked();
  await main.getByRole('button', { name: 'Divide by “patient”' }).click();
  await expect(main.getByRole('radio', { name: 'By groups' })).toBeChecked();
  await expect(main.getByRole('combobox', { name: 'Rows belong together by' })).toHaveValue('patient');
  const made = main.getByRole('region', { name: 'What the split made' });
  await expect(made.getByRole('row', { name: 'Training 28' })).toBeVisible();
  await expect(made.getByRole('row', { name: 'Test 6' })).toBeVisible();

  // By keyboard, as every choice of the form.
  await main.getByRole('radio', { name: 'By groups' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(main.getByRole('radio', { name: 'By order' })).toBeChecked();
  await expect(main.getByRole('combobox', { name: 'Ordered by' })).toHaveValue('visit');
  await expect(made.getByRole('row', { name: 'Training 2024-01-01 2024-06-16' })).toBeVisible();
  await expect(made.getByRole('row', { name: 'Test 2024-07-23 2024-08-27' })).toBeVisible();
  expect(await brokenRules(page)).toEqual([]);

  await page.keyboard.press('Control+z');
  await expect(main.getByRole('radio', { name: 'By groups' })).toBeChecked();
});

test('duplicates on two sides are shown side by side, and kept on one', async ({ tandem, page }) => {
  test.setTimeout(120_000);
  await openVisits(page, tandem.application);
  const main = page.getByRole('main');
  const panel = main.getByRole('region', { name: 'Duplicates on two sides' });
  await main.getByRole('radio', { name: 'By order' }).check();
  await expect(panel.getByText('8 sets of duplicates lie on two sides')).toBeVisible();
  await expect(panel.getByText('Exactly the same: 8 sets. 8 test rows')).toBeVisible();
  const first = panel.getByRole('list', { name: 'Some of these sets' }).getByRole('listitem').first();
  await expect(first.getByRole('row', { name: /^1 Training no|^1 Training yes/ })).toBeVisible();
  await expect(first.getByRole('row', { name: /^233 Test/ })).toBeVisible();
  expect(await brokenRules(page)).toEqual([]);

  await panel.getByRole('button', { name: 'Leave them out of training' }).click();
  await expect(panel.getByText('No row has a duplicate on another side.')).toBeVisible();
  await expect(main.getByText('8 rows with a target are left out by the split.')).toBeVisible();
  await panel.getByRole('button', { name: 'No longer' }).click();
  await expect(panel.getByText('8 sets of duplicates lie on two sides')).toBeVisible();

  await main.getByRole('radio', { name: 'At random' }).check();
  await panel.getByRole('button', { name: 'Keep duplicates on one side' }).click();
  await expect(panel.getByText('Duplicates are kept on one side')).toBeVisible();
  await expect(panel.getByText('No row has a duplicate on another side.')).toBeVisible();
});

test('a column says the parts; values that name none are asked for', async ({ tandem, page }) => {
  test.setTimeout(120_000);
  const [head = '', ...rows] = visits().split('\n');
  const uses = ['train', 'train', 'train', 'held'];
  const text = [`use,${head}`, ...rows.map((row, place) => `${uses[place % 4]},${row}`)].join('\n');
  await openVisits(page, tandem.application, text);
  const main = page.getByRole('main');
  await main.getByRole('radio', { name: 'By a column of the data' }).check();
  await main.getByRole('combobox', { name: 'Parts are named in' }).selectOption('use');
  await expect(main.getByText(/values of the column "use" name no part \(1\): held/)).toBeVisible();
  const values = main.getByRole('table', { name: 'Parts by value' });
  await expect(values.getByRole('combobox', { name: 'Part of train' })).toHaveValue('training');
  await values.getByRole('combobox', { name: 'Part of held' }).selectOption({ label: 'Test' });
  await expect(main.getByText('name no part')).toHaveCount(0);
  const counts = main.getByRole('region', { name: 'Rows by part' });
  await expect(counts.getByText('60', { exact: true })).toBeVisible();
  expect(await brokenRules(page)).toEqual([]);
});

test('pictures: looked for by a job, told when done', async ({ page }) => {
  test.setTimeout(240_000);
  await new HomePage(page).openSample('Handwritten digits');
  await expect(page.getByRole('tab', { name: /^Samples/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: /^Split/ }).click();
  const panel = page.getByRole('region', { name: 'Duplicates on two sides' });
  await panel.getByRole('button', { name: 'Look for duplicates' }).click();
  await expect(panel.getByRole('progressbar')).toBeVisible();
  // MNIST has no two equal digits, but some pairs that a person can hardly tell apart.
  await expect(panel.getByText(/^Nearly the same: \d+ sets/)).toBeVisible({ timeout: 180_000 });
  await expect(panel.getByRole('img', { name: /^Picture of row/ }).first()).toBeVisible();
  expect(await brokenRules(page)).toEqual([]);
});
