/** Help with labels: a model proposes, one key accepts, the sure ones in one step; two files are merged and a dispute is decided. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { writeColours } from '../fixtures/picture-folder';
import { DataPage } from '../pages/data';
import { HomePage } from '../pages/home';

const EACH = 30;

/** Labels that a person would have given by hand: ten rows of each colour. */
async function labelSome(page: Page): Promise<void> {
  await page.evaluate(async (each) => {
    type Reply = { value: { latestVersionId: string }[] };
    const { tandem } = window as unknown as { tandem: { rpc(name: string, input: unknown): Promise<Reply> } };
    const versionId = (await tandem.rpc('datasets.list', undefined)).value[0]?.latestVersionId;
    const rows = (first: number) => Array.from({ length: 10 }, (_, row) => first + row);
    const set = (value: string, first: number) => ({ kind: 'set', column: 'mood', value, rows: rows(first) });
    await tandem.rpc('edits.append', { versionId, edits: [set('warm', 0), set('cold', each)] });
  }, EACH);
}

/** Boxes that a person would have drawn in every fifth picture: in the middle, of the picture's colour. */
async function drawSome(page: Page): Promise<void> {
  await page.evaluate(async (each) => {
    type Reply = { value: { latestVersionId: string }[] };
    const { tandem } = window as unknown as { tandem: { rpc(name: string, input: unknown): Promise<Reply> } };
    const versionId = (await tandem.rpc('datasets.list', undefined)).value[0]?.latestVersionId;
    const value = (label: string) => JSON.stringify([{ label, x: 0.25, y: 0.25, width: 0.5, height: 0.5 }]);
    const rows = (first: number) => Array.from({ length: 6 }, (_, row) => first + 5 * row);
    const set = (label: string, first: number) => ({
      ...{ kind: 'set', column: 'spots', rows: rows(first), value: value(label) },
    });
    const edits = [{ kind: 'add-column', column: 'spots', type: 'boxes' }, set('blue', 0), set('red', each)];
    await tandem.rpc('edits.append', { versionId, edits });
  }, EACH);
}

test('a model proposes what one key accepts, and two labellers are merged', async ({ tandem, page }) => {
  // On a machine that is busy with other things the model's process takes a minute to begin.
  test.setTimeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'tandem-assist-'));
  await writeColours(folder, EACH);
  await new HomePage(page).chooseFolder(tandem.application, folder);
  await new DataPage(page).openTab('Label');
  await page.getByRole('button', { name: 'New column' }).click();
  const making = page.getByRole('dialog', { name: 'New column for labels' });
  await making.getByRole('textbox', { name: 'Name of the column' }).fill('mood');
  await making.getByRole('textbox', { name: 'Classes' }).fill('warm, cold');
  await making.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByText('0 of 60 labelled')).toBeVisible();

  const help = page.getByRole('region', { name: 'Help with labelling' });
  await help.getByRole('button', { name: 'Propose labels' }).click();
  await expect(help.getByRole('alert')).toContainText('at least 2 classes with 5 labels each');
  await labelSome(page);
  await expect(page.getByText('20 of 60 labelled')).toBeVisible();
  await help.getByRole('button', { name: 'Propose labels' }).click();
  await expect(help).toContainText('of 20 labelled rows that it had not seen', { timeout: 180_000 });
  await expect(page.getByRole('combobox', { name: 'Order of the rows' })).toHaveValue('least-sure');
  await expect(page.getByRole('region', { name: 'Proposal: a quick model on 20 labels' })).toBeVisible();
  const examiner = await Examiner.over(page);
  await examiner.look('proposal');
  await page.keyboard.press('Enter');
  await expect(page.getByText('21 of 60 labelled')).toBeVisible();

  await help.getByRole('button', { name: 'Take the sure ones' }).click();
  const sure = page.getByRole('dialog', { name: 'Take all sure proposals' });
  await sure.getByRole('textbox', { name: 'At least so sure' }).fill('50');
  await page.keyboard.press('Tab');
  await expect(sure.getByText('39 of 39 rows without a label')).toBeVisible();
  await expect(sure).toContainText('wrong labels (95 %:');
  await examiner.look('sure');
  await sure.getByRole('button', { name: 'Label 39 rows' }).click();
  await expect(page.getByText('60 of 60 labelled')).toBeVisible();

  // Two people on the same five rows, of one mind but for the third.
  const files = { 'ann.csv': 'warm,cold,warm,cold,warm', 'ben.csv': 'warm,cold,cold,cold,warm' };
  await page.getByRole('button', { name: 'Merge two labellers' }).click();
  const merging = page.getByRole('dialog', { name: 'Merge two labellers' });
  for (const [place, [name, labels]] of Object.entries(files).entries()) {
    const path = join(folder, name);
    await writeFile(path, ['row,mood', ...labels.split(',').map((label, row) => `${row + 1},${label}`)].join('\n'));
    await tandem.application.evaluate(({ dialog }, picked) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [picked] });
    }, path);
    await merging.getByRole('button', { name: 'Choose a CSV file' }).nth(place).click();
    await expect(merging.getByText(name)).toBeVisible();
  }
  await merging.getByRole('button', { name: 'Compare' }).click();
  await expect(merging).toContainText('Both labelled 5 rows and agree on 80.0%');
  // By hand: 0.8 observed, 0.48 by chance.
  await expect(merging).toContainText('0.62');
  await expect(merging).toContainText('substantial');
  await examiner.look('merge');
  await merging.getByRole('button', { name: 'Resolve disagreements: 1' }).click();
  await expect(page.getByRole('region', { name: 'Proposal: ann.csv' })).toContainText('warm');
  await expect(page.getByRole('region', { name: 'Proposal: ben.csv' })).toContainText('cold');
  await examiner.look('dispute');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText('That was the last row of the list')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'cold', pressed: true })).toBeVisible();

  await test.step('boxes are proposed, taken by a key, taken back, and all taken at once', async () => {
    await drawSome(page);
    await page.getByRole('combobox', { name: 'Column to label' }).selectOption('spots');
    await expect(page.getByText('12 of 60 labelled')).toBeVisible();
    await help.getByRole('button', { name: 'Propose labels' }).click();
    await expect(help).toContainText('In 12 pictures that it had not seen', { timeout: 180_000 });
    const proposed = page.getByRole('button', { name: /^Take (red|blue), \d+% sure/ });
    const drawn = page.getByRole('listbox', { name: 'Boxes' }).getByRole('option');
    await expect(proposed).toHaveCount(1);
    await examiner.look('proposed boxes');
    await page.keyboard.press('a');
    await expect(drawn).toHaveCount(1);
    await expect(drawn).toBeFocused();
    await expect(proposed).toHaveCount(0);
    await expect(page.getByText('13 of 60 labelled')).toBeVisible();
    await page.keyboard.press('u');
    await expect(proposed).toHaveCount(1);
    await expect(page.getByText('12 of 60 labelled')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('13 of 60 labelled')).toBeVisible();
    await expect(page.getByText('2 of 48', { exact: true })).toBeVisible();
  });
  expect(examiner.found).toEqual([]);
  await rm(folder, { recursive: true });
});
