/** Labelling pictures by keys: a new column in two clicks, five labels, one undone; a power cut loses none; a version of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { writeColours } from '../fixtures/picture-folder';
import { DataPage } from '../pages/data';
import { HomePage } from '../pages/home';

test('pictures are labelled by keys, and what was labelled survives the app', async ({ tandem, page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-label-'));
  await writeColours(folder, 4);
  await new HomePage(page).chooseFolder(tandem.application, folder);
  const data = new DataPage(page);
  const desk = page.getByRole('group', { name: 'Sample to label' });

  // The class of the folder is there already: a click on the tab, and keys label.
  await data.openTab('Label');
  await expect(desk.getByRole('heading', { name: 'Row 1' })).toBeVisible();
  const dialog = page.getByRole('dialog', { name: 'New column for labels' });
  await page.getByRole('button', { name: 'New column' }).click();
  await dialog.getByRole('radio', { name: /^Text/ }).check();
  await dialog.getByRole('textbox', { name: 'Name of the column' }).fill('said');
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByText('0 of 8 labelled')).toBeVisible();
  await page.getByRole('button', { name: 'New column' }).click();
  await dialog.getByRole('textbox', { name: 'Name of the column' }).fill('mood');
  await dialog.getByRole('textbox', { name: 'Classes' }).fill('warm, cold');
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByText('0 of 8 labelled')).toBeVisible();

  // Faster than the disk: each key is for the row that is next by then.
  for (const key of ['1', '2', '1', '1', '2']) await page.keyboard.press(key);
  await expect(page.getByText('5 of 8 labelled')).toBeVisible();
  await expect(desk.getByRole('heading', { name: 'Row 6' })).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('4 of 8 labelled')).toBeVisible();
  await expect(desk.getByRole('heading', { name: 'Row 5' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(desk.getByRole('button', { name: 'warm' })).toHaveAttribute('aria-pressed', 'true');

  const examiner = await Examiner.over(page);
  await examiner.look('label');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Take what is proposed and go on');
  await examiner.look('keys');
  await page.keyboard.press('Escape');

  // Only the end of the app ends what is typed here, and it is kept; column and order are found as they were left.
  await page.getByRole('combobox', { name: 'Column to label' }).selectOption('said');
  await page.getByRole('combobox', { name: 'Order of the rows' }).selectOption('all');
  await expect(page.getByText('1 of 8', { exact: true })).toBeVisible();
  await desk.getByRole('textbox', { name: 'said' }).pressSequentially('a warm sq');
  await expect(page.getByRole('button', { name: /a warm sq$/ })).toBeVisible();
  await tandem.kill();
  page = await tandem.launch();
  const again = new DataPage(page);
  await again.openTab('Label');
  await expect(page.getByRole('textbox', { name: 'said' })).toHaveValue('a warm sq');
  await expect(page.getByRole('combobox', { name: 'Order of the rows' })).toHaveValue('all');
  await page.getByRole('combobox', { name: 'Column to label' }).selectOption('mood');
  await expect(page.getByText('4 of 8 labelled')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Classes of mood' }).getByRole('button')).toHaveCount(2);
  await expect(page.getByRole('combobox', { name: 'Order of the rows' })).toHaveValue('all');
  await expect(page.getByText('1 of 8', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Classes', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of class warm' }).fill('hot');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /hot/ })).toContainText('3');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Make version' }).click();
  await expect(again.pending(1)).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Column to label' })).toHaveValue('mood');
  await expect(page.getByText('4 of 8 labelled')).toBeVisible();
  // The keys are as they were chosen, not by name.
  await expect(page.getByRole('group', { name: 'Classes of mood' }).getByRole('button')).toHaveText([
    'hot 1',
    'cold 2',
  ]);
  expect(examiner.found).toEqual([]);
  expect(tandem.complaints).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
