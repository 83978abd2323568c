/** A network with branches, built by pointing in the graph: a layer dropped on a line, a way round, joined; then trained. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

/** From the dot below one node to the dot above another. */
async function connect(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('A node is not to be seen');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y - 30, { steps: 4 });
  await page.mouse.move(end.x + end.width / 2, end.y, { steps: 4 });
  await page.mouse.up();
}

test('a network with branches is built by pointing and trained', async ({ tandem, page }) => {
  test.setTimeout(120_000);
  const network = new NetworkPage(page);
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  await new Frame(page).go('Network');
  await page.getByRole('button', { name: 'Show as a graph' }).click();
  const graph = page.getByRole('application', { name: /^Network as a graph/ });
  const node = (name: RegExp) => graph.getByRole('button', { name });
  await expect(node(/^2 Dense/)).toBeVisible();

  await page.getByRole('button', { name: 'Add layer' }).click();
  await page.getByRole('menuitem', { name: /^Dropout/ }).dragTo(graph.getByText('64', { exact: true }));
  await expect(node(/^2 Dropout/)).toBeVisible();

  await connect(page, node(/^Input/), node(/^4 Dense/));
  const question = page.getByRole('dialog', { name: '4 Dense takes one input' });
  await expect(question).toContainText(/Gives \d+\./);
  await question.getByRole('button', { name: 'Put the two side by side' }).click();
  await expect(node(/^4 Concatenate/)).toHaveAttribute('aria-current', 'true');
  await expect(page.getByText('Can be trained')).toBeVisible();
  const examiner = await Examiner.over(page);
  await examiner.look('Graph');

  await node(/^4 Concatenate/).press('ArrowDown');
  await expect(node(/^5 Dense/)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alert')).toContainText('The last layer gives');
  await examiner.look('Graph with a problem');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Can be trained')).toBeVisible();
  await node(/^5 Dense/).press('Enter');
  await expect(page.getByRole('complementary').getByRole('textbox', { name: 'Units' })).toBeFocused();

  await node(/^1 Dense/).press('Shift+ArrowDown');
  await expect(page.getByRole('heading', { name: '2 layers chosen' })).toBeVisible();
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Name of the group' }).fill('Encoder');
  await page.keyboard.press('Enter');
  await node(/^Encoder/).press('Control+d');
  await expect(page.getByRole('heading', { name: '2 layers chosen' })).toBeVisible();
  await examiner.look('Graph with a group');
  await page.keyboard.press('Delete');
  await expect(node(/^Encoder/)).toContainText('2 layers');
  const folded = await node(/^Encoder/).boundingBox();
  if (!folded) throw new Error('The group is not to be seen');
  await page.keyboard.press('Escape');
  await page.keyboard.down('Shift');
  await page.mouse.move(folded.x - 30, folded.y + 5);
  await page.mouse.down();
  await page.mouse.move(folded.x + 30, folded.y + 20, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByRole('heading', { name: '2 layers chosen' })).toBeVisible();

  await page.keyboard.press('Escape');
  await node(/^Encoder/).hover();
  await page.getByRole('button', { name: 'Unfold Encoder' }).click();
  // Round its layers stands a frame, which moves them all and folds them.
  const frame = page.getByRole('button', { name: 'Choose all layers of Encoder' });
  await frame.focus();
  await expect(page.getByRole('heading', { name: '2 layers chosen' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(node(/^3 Dropout/)).toBeVisible();
  await examiner.look('Graph with an open group');
  await page.keyboard.press('Control+z');
  await expect(node(/^2 Dropout/)).toBeVisible();
  await frame.press('Tab');
  await page.keyboard.press('Enter');
  await expect(node(/^Encoder/)).toContainText('2 layers');

  await page.getByRole('button', { name: 'Add layer' }).click();
  await page.getByRole('searchbox', { name: 'Search layers' }).fill('spatial');
  await examiner.look('Search in the layer menu');
  await page.keyboard.press('Escape');
  expect(examiner.found).toEqual([]);

  await page.getByRole('button', { name: 'Show as a list' }).click();
  await expect(network.layers.filter({ hasText: 'Concatenate' })).toContainText('the data');
  await expect(page.getByRole('button', { name: 'See as graph' })).toBeVisible();
  await network.set({ Epochs: 1 });
  await new Frame(page).go('Train');
  const train = new TrainPage(page);
  await train.start();
  await train.isIn('Finished');
  expect(tandem.complaints).toEqual([]);
});
