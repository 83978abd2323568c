/** Spam from the gallery: tokens, a network that follows them, training, and a typed text that is judged. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { DataPage } from '../pages/data';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('from the spam sample to a judged text', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const frame = new Frame(page);
  const data = new DataPage(page);
  const network = new NetworkPage(page);
  const train = new TrainPage(page);
  const examiner = await Examiner.over(page);

  await test.step('the mails are texts with classes, cut into tokens', async () => {
    await new HomePage(page).openSample('Spam');
    await expect(page.getByRole('heading', { name: 'Spam', level: 1 })).toBeVisible({ timeout: 60_000 });
    await expect(data.inspector).toContainText('Classify texts');
    await data.openTab('Preparation');
    const table = page.getByRole('table', { name: 'Rows before and after each step' });
    // A word with its code, as it stands in the text beside it.
    await expect(table.getByRole('row').nth(1)).toContainText(/\p{L}+ \d+/u);
  });

  await test.step('the task can be another; the network follows', async () => {
    await data.openTab(/^Columns/);
    const task = frame.main.getByRole('combobox', { name: 'Task' });
    await task.selectOption('Classify rows');
    await expect(data.inspector).toContainText('Classify rows');
    await task.selectOption('Classify texts');
    await expect(data.inspector).toContainText('Classify texts');
    await examiner.look('Columns');
  });

  await test.step('an embedding that knows too few codes says so, and one click mends it', async () => {
    await frame.go('Network');
    await expect(network.layers.nth(0)).toContainText('Embedding');
    await network.layers.nth(0).getByRole('button').first().click();
    const vocabulary = page.getByRole('complementary').getByRole('textbox', { name: 'Vocabulary' });
    const known = await vocabulary.inputValue();
    await vocabulary.fill('100');
    await vocabulary.press('Enter');
    await page
      .getByRole('button', { name: /^Set the vocabulary to/ })
      .first()
      .click();
    await expect(vocabulary).toHaveValue(known);
  });

  await test.step('a pretrained network brings the preparation that it needs; undo takes both back', async () => {
    const before = await network.total.first().innerText();
    await page.getByRole('button', { name: 'Use a pretrained network' }).click();
    await expect(network.layers.first()).toContainText('MiniLM');
    await expect(network.total.first()).toContainText('22,563,458 parameters');
    await expect(page.getByRole('main').getByText('Can be trained')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('complementary').getByText(/English.*Apache-2\.0/s)).toBeVisible();
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(network.layers.first()).toContainText('Embedding');
    await expect(network.total.first()).toHaveText(before);
    await expect(page.getByRole('main').getByText('Can be trained')).toBeVisible({ timeout: 30_000 });
  });

  await test.step('it trains', async () => {
    await network.set({ Epochs: 6 });
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished', 90_000);
  });

  await test.step('a typed text gets an answer, and test rows show their texts', async () => {
    await frame.go('Test');
    const answer = page.getByRole('region', { name: 'Answer' });
    await frame.main
      .getByRole('textbox', { name: 'text' })
      .fill(
        'FREE credit offer! Click here now to order and save money, guaranteed. To be removed from this list, click.',
      );
    await examiner.look('Test');
    await expect(answer).toContainText(/spam.*\d+(\.\d+)? ?% sure/s, { timeout: 60_000 });
    await frame.main
      .getByRole('textbox', { name: 'text' })
      .fill('Re: patch for the kernel module, I wrote a test that fails');
    await expect(answer.getByText('mail', { exact: true }).first()).toBeVisible();
    await frame.main
      .getByRole('group', { name: 'Ways to give an example' })
      .getByRole('button', { name: 'Test rows' })
      .click();
    const row = frame.main.getByRole('list', { name: 'Test rows' }).getByRole('button').first();
    await expect(row).toContainText(/(\p{L}+\W+){5}/u);
    await row.click();
    await expect(answer).toContainText('right answer:');
  });
  expect(examiner.found).toEqual([]);
  expect(tandem.complaints).toEqual([]);
});
