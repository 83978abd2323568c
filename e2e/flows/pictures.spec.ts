/** A folder of a person's own pictures, from the dialogue to a trained network; and pictures with boxes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { answerDialogue } from '../fixtures/dialogue';
import { writeBoxes, writeColours } from '../fixtures/picture-folder';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-pictures-'))));
test.afterEach(() => rm(folder, { recursive: true }));

test('folders of pictures are classes, what was left out is told, and a network learns them', async ({
  tandem,
  page,
}) => {
  test.setTimeout(180_000);
  const root = join(folder, 'colours');
  await writeColours(root, 60);
  await new HomePage(page).chooseFolder(tandem.application, root);
  await expect(page.getByRole('heading', { name: 'colours', level: 1 })).toBeVisible({ timeout: 60_000 });

  await test.step('the gallery shows them by class', async () => {
    await page.getByRole('button', { name: /^red/ }).click();
    await expect(page.getByRole('main').getByText('60 of 120')).toBeVisible();
    await page.getByRole('gridcell').first().click();
    await expect(page.getByRole('complementary').getByText('red/0.png')).toBeVisible();
  });

  await test.step('the two other files stand in the report, with their reasons', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Split' }).click();
    await expect(page.getByText('2 files or rows were left out.')).toBeVisible();
    await page.getByRole('button', { name: 'Show what was left out' }).click();
    const report = page.getByRole('dialog');
    await expect(report).toContainText('blue/cut.png');
    await expect(report).toContainText('red/notes.txt');
    await page.keyboard.press('Escape');
  });

  await test.step('a network tells the colours apart', async () => {
    const frame = new Frame(page);
    const train = new TrainPage(page);
    await page.getByRole('button', { name: 'Continue to Network' }).click();
    await new NetworkPage(page).set({ Epochs: 3 });
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished', 120_000);
    await expect(train.epochs).toHaveCount(3);
  });

  await test.step('a pretrained network takes the place of all layers but the last by one click, and answers', async () => {
    const frame = new Frame(page);
    const train = new TrainPage(page);
    const network = new NetworkPage(page);
    await frame.go('Network');
    await page.getByRole('tab', { name: 'Layers' }).click();
    await page.getByRole('button', { name: 'Use a pretrained network' }).click();
    await expect(network.layers).toHaveCount(3);
    await expect(network.layers.first()).toContainText('EfficientNet-Lite0');
    await expect(page.getByRole('complementary').getByText(/Apache-2\.0/)).toBeVisible();
    await expect(network.total.first()).toContainText('3,352,562 parameters');
    const side = page.getByRole('textbox', { name: 'Picture size' });
    await side.fill('32');
    await side.press('Enter');
    await frame.go('Train');
    await train.start();
    await expect(train.epochs).toHaveCount(0);
    await train.isIn('Finished', 120_000);
    await frame.go('Test');
    const ways = frame.main.getByRole('group', { name: 'Ways to give an example' });
    await ways.getByRole('button', { name: 'Test rows' }).click();
    await page.getByRole('list', { name: 'Test rows' }).getByRole('button').first().click();
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText(/% sure/, { timeout: 60_000 });
  });
});

test('boxes lie over their pictures, and their classes are counted', async ({ tandem, page }) => {
  const root = join(folder, 'leaves');
  await writeBoxes(root);
  await new HomePage(page).chooseFolder(tandem.application, root);
  await expect(page.getByRole('heading', { name: 'leaves', level: 1 })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('gridcell').first().click();
  await expect(page.getByRole('list', { name: 'Boxes' })).toContainText('leaf · 2');

  await test.step('further pictures come from a folder; what has no column here is named, there and on the version', async () => {
    const more = join(folder, 'more');
    await writeColours(more, 2);
    await page.getByRole('button', { name: 'Add rows' }).click();
    await answerDialogue(tandem.application, more);
    await page.getByRole('menuitem', { name: 'From a folder' }).click();
    await expect(
      page.getByText(/^4 rows were added to leaves\..* Left out, as leaves has no such columns: label\./),
    ).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole('main').getByText('7 rows', { exact: true })).toBeVisible();
    await page.getByRole('tab', { name: 'Versions' }).click();
    const versions = page.getByRole('table', { name: 'Versions' });
    await expect(versions).toContainText('4 rows added · columns of the added rows left out: label');
  });
  expect(tandem.complaints).toEqual([]);
});
