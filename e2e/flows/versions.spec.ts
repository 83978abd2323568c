/** Editing data: rows left out and relabelled by mouse and keys, undone, made into a version by training, compared, deleted. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { DataPage } from '../pages/data';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { TrainPage } from '../pages/train';

test('rows are left out and relabelled, undone by Ctrl-Z, and training makes a version of it', async ({
  tandem,
  page,
}) => {
  await new HomePage(page).openSample('Penguins');
  const data = new DataPage(page);
  await expect(data.row(1)).toContainText('Adelie');

  await data.row(2).click();
  await data.row(5).click({ modifiers: ['Shift'] });
  await expect(page.getByRole('toolbar', { name: 'Rows selected: 4' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(data.row(3)).toContainText('left out');
  await expect(data.pending(1)).toContainText('rows left out: 4');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await expect(data.inspector.getByRole('heading', { name: 'Row 6' })).toBeVisible();
  await data.inspector.getByRole('combobox', { name: 'species of this row' }).selectOption('Gentoo');
  await expect(data.row(6)).toContainText('Gentoo');
  await expect(data.pending(2)).toContainText('species: 1 changed');

  // Undone and done again by keys, in the order of all other edits.
  await data.grid.focus();
  await page.keyboard.press('Control+z');
  await expect(data.row(6)).toContainText('Adelie');
  await page.keyboard.press('Control+z');
  await expect(data.row(3)).not.toContainText('left out');
  await expect(data.pending(1)).toBeHidden();
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await expect(data.pending(2)).toBeVisible();

  // A power cut loses none of it.
  await tandem.kill();
  page = await tandem.launch();
  const reopened = new DataPage(page);
  await expect(reopened.pending(2)).toBeVisible();
  await expect(reopened.row(6)).toContainText('Gentoo');

  await new Frame(page).go('Train');
  await new TrainPage(page).start();
  await new Frame(page).go('Data');
  await expect(reopened.pending(2)).toBeHidden();
  await expect(page.getByRole('tab', { name: /Rows/ })).toContainText('340');
  await reopened.openTab('Versions');
  await expect(reopened.version(2)).toContainText('rows left out: 4 · species: 1 changed');
  await expect(reopened.version(2)).toContainText(/runs: \w+-\w+/);
  await expect(reopened.version(1)).toContainText('imported');
  await expect(page.getByText('Relabelled: species').first()).toBeVisible();
  await expect(page.getByRole('row', { name: 'Adelie → Gentoo 1' })).toBeVisible();
  const examiner = await Examiner.over(page);
  await examiner.look('versions');
  expect(examiner.found).toEqual([]);
});

test('pictures are left out, a version is made and deleted again, and the deletion says what it frees', async ({
  page,
}) => {
  await new HomePage(page).openSample('Handwritten digits');
  const data = new DataPage(page);
  const picture = (row: number) => data.grid.getByRole('gridcell', { name: new RegExp(`^Row ${row}:`) });
  await picture(2).click();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  await page.getByRole('toolbar').getByRole('button', { name: 'Leave out' }).click();
  await expect(picture(3)).toHaveAccessibleName(/left out/);
  await page.getByRole('toolbar').getByRole('combobox').selectOption('7');
  await expect(data.pending(2)).toBeVisible();
  await page.getByRole('button', { name: 'Make version' }).click();
  await expect(page.getByRole('tab', { name: /Samples/ })).toContainText('69,998');
  await data.openTab('Versions');
  await page.getByRole('button', { name: 'Delete version 2' }).click();
  await expect(page.getByRole('dialog')).toContainText("It can't be deleted while it is in use.");
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await data.version(1).getByRole('button', { name: 'Work on it' }).click();
  await expect(page.getByRole('tab', { name: /Samples/ })).toContainText('70,000');
  await page.getByRole('button', { name: 'Delete version 2' }).click();
  await expect(page.getByRole('dialog')).toContainText(/This frees [\d.]+ (kB|MB)/);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(data.version(2)).toBeHidden();
  await expect(page.getByText('There is one version only')).toBeVisible();
});
