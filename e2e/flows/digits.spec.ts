/** The whole way with handwritten digits: gallery, data, network, two trainings, comparison, test. */
import { expect, test } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('from the gallery to two compared runs and a tested model', async ({ tandem, page }) => {
  test.setTimeout(240_000);
  const frame = new Frame(page);
  const network = new NetworkPage(page);
  const train = new TrainPage(page);

  await test.step('the sample is imported, and its pictures and split are seen', async () => {
    await new HomePage(page).openSample('Handwritten digits');
    await expect(page.getByRole('heading', { name: 'Handwritten digits', level: 1 })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    await expect(frame.main.getByText('70,000 rows')).toBeVisible();
  });

  await test.step('the default network is there, with its shapes and parameters', async () => {
    await page.getByRole('button', { name: 'Continue to Network' }).click();
    await expect(network.layers).toHaveCount(4);
    await expect(network.total.first()).toContainText('235,146 parameters');
  });

  await test.step('it trains live, pauses, goes on, and is saved', async () => {
    await network.set({ Epochs: 8 });
    await frame.go('Train');
    await train.start();
    await train.epochsDone(1);
    await train.pause.click();
    await train.isIn('Paused');
    await frame.main.getByRole('button', { name: 'Change settings' }).click();
    const change = page.getByRole('dialog', { name: 'Change settings' });
    await change.getByRole('textbox', { name: 'Epochs' }).fill('7');
    await change.getByRole('textbox', { name: 'Learning rate' }).fill('0.002');
    await change.getByRole('textbox', { name: 'Learning rate' }).press('Tab');
    await change.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText(/It counts from epoch \d+ on\./)).toBeVisible();
    await frame.main.getByRole('button', { name: 'Resume' }).click();
    await train.isIn('Finished', 120_000);
    await expect(train.epochs).toHaveCount(7);
  });

  await test.step('a finished run is trained further', async () => {
    await frame.main.getByRole('button', { name: 'Train further' }).click();
    const further = page.getByRole('dialog', { name: 'Train further' });
    await further.getByRole('textbox', { name: 'More epochs' }).fill('1');
    await further.getByRole('button', { name: 'Train further' }).click();
    await train.epochsDone(8, 60_000);
    await train.isIn('Finished');
    await page.getByRole('tab', { name: /^Log/ }).click();
    await expect(frame.main.getByText('Learning rate changed from 0.001 to 0.002.')).toBeVisible();
    await expect(frame.main.getByText('Epochs to train changed from 7 to 8.')).toBeVisible();
    await page.getByRole('tab', { name: /^Epochs/ }).click();
  });

  await test.step('a second run with another learning rate', async () => {
    await frame.go('Network');
    await network.set({ 'Learning rate': 0.01, Epochs: 2 });
    await frame.go('Train');
    await train.start();
    await expect(train.epochs).toHaveCount(0);
    await train.epochsDone(2, 120_000);
    await train.isIn('Finished');
  });

  await test.step('the two are compared: what differs, and their figures', async () => {
    await frame.go('Runs');
    const rows = page.getByRole('table', { name: 'Runs' }).getByRole('checkbox', { name: /^Choose / });
    await expect(rows).toHaveCount(2);
    for (const box of await rows.all()) await box.click();
    const differences = page.getByRole('region', { name: 'What differs' });
    await expect(differences).toContainText('Learning rate');
    await expect(differences).toContainText('0.01');
    await expect(page.getByRole('rowheader', { name: 'Accuracy, test, baseline' })).toBeVisible();
  });

  await test.step('the saved model answers for a test picture, and a cell of the matrix opens its rows', async () => {
    await frame.go('Test');
    await frame.main
      .getByRole('group', { name: 'Ways to give an example' })
      .getByRole('button', { name: 'Test rows' })
      .click();
    await frame.main.getByRole('list', { name: 'Test rows' }).getByRole('button').first().click();
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText(/\d+(\.\d+)? ?% sure/, {
      timeout: 60_000,
    });
    await page.getByRole('tab', { name: 'Confusion matrix' }).click();
    await frame.main.getByRole('gridcell', { name: /^Actual 4, predicted 4/ }).click();
    await expect(page.getByRole('list', { name: 'Rows of the chosen cell' }).getByRole('button').first()).toBeVisible();
  });

  await test.step('its scores stand beside what always giving the same answer gets, with their curves', async () => {
    await expect(frame.main.getByText(/^baseline 1\d\.\d+%$/).first()).toBeVisible();
    await page.getByRole('tab', { name: 'Scores' }).click();
    const table = page.getByRole('region', { name: 'Scores on the test rows' });
    await expect(table.getByRole('row', { name: /^ROC AUC/ })).toContainText('better than the baseline');
    await expect(page.getByRole('img', { name: /^ROC curve/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /^Reliability/ })).toBeVisible();
  });

  await test.step('it is there again after a restart', async () => {
    const again = await tandem.relaunch();
    await new Frame(again).go('Runs');
    await expect(again.getByRole('checkbox', { name: /^Choose / })).toHaveCount(2);
  });
  expect(tandem.complaints).toEqual([]);
});
