/** Boxes drawn by mouse and keys in the Label tab, taken back, and exported as files that import again; texts marked. */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { writeBoxes } from '../fixtures/picture-folder';
import { DataPage } from '../pages/data';
import { HomePage } from '../pages/home';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-marks-'))));
test.afterEach(() => rm(folder, { recursive: true }));

test('a box is drawn, moved, named, taken back and exported', async ({ tandem, page }) => {
  await writeBoxes(join(folder, 'leaves'));
  await new HomePage(page).chooseFolder(tandem.application, join(folder, 'leaves'));
  const data = new DataPage(page);
  await expect(page.getByRole('heading', { name: 'leaves', level: 1 })).toBeVisible({ timeout: 60_000 });
  await data.openTab('Label');
  // All rows have boxes already: the queue of all is the one to look at.
  await page.getByRole('combobox', { name: 'Order of the rows' }).selectOption({ label: 'All rows' });
  const stage = page.getByRole('group', { name: 'Picture with its boxes' });
  const boxes = page.getByRole('listbox', { name: 'Boxes' }).getByRole('option');
  await expect(boxes).toHaveCount(2);

  await test.step('with the mouse: a picture of 100 pixels, so that a hundredth is one', async () => {
    const area = (await stage.boundingBox())!;
    const first = (await boxes.first().boundingBox())!;
    // The given boxes go from 10, 20 to 60, 80.
    const scale = first.width / 50;
    const [left, top] = [first.x - 10 * scale, first.y - 20 * scale];
    expect(left).toBeGreaterThan(area.x);
    await page.mouse.move(left + 70 * scale, top + 5 * scale);
    await page.mouse.down();
    await page.mouse.move(left + 85 * scale, top + 12 * scale, { steps: 4 });
    await page.mouse.move(left + 90 * scale, top + 15 * scale);
    await page.mouse.up();
    await expect(page.getByRole('option', { name: 'leaf, left 70%, top 5%, width 20%, height 10%' })).toBeFocused();
  });

  await test.step('with keys: moved, resized, of another class, each one step', async () => {
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByRole('option', { name: 'leaf, left 71%, top 15%, width 20%, height 11%' })).toBeFocused();
    await page.getByRole('textbox', { name: 'New class' }).fill('bud');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option', { name: 'bud, left 71%, top 15%, width 20%, height 11%' })).toBeVisible();
    await expect(data.pending(5)).toBeVisible();
    const examiner = await Examiner.over(page);
    await examiner.look('boxes');
    expect(examiner.found).toEqual([]);
  });

  await test.step('and taken back', async () => {
    // The box has the keys again, so that this is no undo of typing.
    await expect(boxes.last()).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(data.pending(4)).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('option', { name: 'leaf, left 71%, top 15%, width 20%, height 10%' })).toBeVisible();
  });

  await test.step('the folder holds what was drawn, though no version was made', async () => {
    const place = join(folder, 'leaves-yolo');
    await tandem.application.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, place);
    await page.getByRole('button', { name: 'Export labels' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export labels' });
    await dialog.getByRole('radio', { name: 'YOLO' }).click();
    const examiner = await Examiner.over(page);
    await examiner.look('export of labels');
    expect(examiner.found).toEqual([]);
    await dialog.getByRole('button', { name: 'Choose a place and export' }).click();
    await expect(dialog.getByText('7 labels of 3 rows are in “leaves-yolo”.')).toBeVisible();
    expect(await readFile(join(place, 'classes.txt'), 'utf8')).toBe('leaf\n');
    expect(await readdir(join(place, 'images/JPEGImages'))).toHaveLength(3);
    const labels = await readFile(join(place, 'labels/JPEGImages/one.txt'), 'utf8');
    expect(labels.trim().split('\n').at(-1)).toBe('0 0.810000 0.200000 0.200000 0.100000');
    // The folder is there now: nothing is written into it.
    await dialog.getByRole('button', { name: 'Choose a place and export' }).click();
    await expect(dialog.getByRole('alert')).toContainText('“leaves-yolo” is there already');
  });
});

test('words are marked by keys alone', async ({ tandem, page }) => {
  const sentence = 'Ada Lovelace wrote the first program, in London, for the engine of Charles Babbage';
  const lines = Array.from({ length: 6 }, (_, place) => `"${sentence}, and this is note ${place} on it."\n`);
  await writeFile(join(folder, 'notes.csv'), `text\n${lines.join('')}`);
  await new HomePage(page).chooseFile(tandem.application, join(folder, 'notes.csv'));
  const data = new DataPage(page);
  await data.openTab('Label');
  await page.getByRole('radio', { name: 'Marked text' }).check();
  await page.getByRole('textbox', { name: 'Classes' }).fill('person, place');
  await page.getByRole('button', { name: 'Begin' }).click();
  const text = page.getByRole('textbox', { name: 'text', exact: true });
  await text.focus();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('1');
  const marks = page.getByRole('list', { name: 'Marks' }).getByRole('button');
  await expect(marks).toHaveText([/person\s*Ada Lovelace/]);
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect(marks).toHaveText([/person\s*Lovelace/]);
  const examiner = await Examiner.over(page);
  await examiner.look('marked text');
  expect(examiner.found).toEqual([]);
  await data.openTab(/^Rows/);
});
