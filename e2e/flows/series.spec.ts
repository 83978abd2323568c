/** Airline passengers from the gallery: a forecast of the coming months, its horizon changed, beside the seasonal naive one. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { DataPage } from '../pages/data';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('from the airline sample to the coming months', async ({ tandem, page }) => {
  test.setTimeout(120_000);
  const frame = new Frame(page);
  const data = new DataPage(page);
  const network = new NetworkPage(page);
  const train = new TrainPage(page);
  const examiner = await Examiner.over(page);

  await test.step('months are steps in time, with a season of twelve', async () => {
    await new HomePage(page).openSample('Airline passengers');
    await expect(page.getByRole('heading', { name: 'Airline passengers', level: 1 })).toBeVisible({ timeout: 60_000 });
    await expect(data.inspector).toContainText('Forecast a series');
    await data.openTab(/^Columns/);
    await expect(frame.main.getByRole('textbox', { name: 'Season length' })).toHaveValue('12');
    await expect(frame.main.getByText('Steps lie 1 month apart')).toBeVisible();
    await examiner.look('Forecast settings');
  });

  await test.step('three months ahead: the network follows', async () => {
    const ahead = frame.main.getByRole('textbox', { name: 'Steps ahead' });
    await ahead.fill('3');
    await ahead.press('Enter');
    await expect(frame.main.getByText(/windows to train/)).toContainText('20 to test');
    await frame.go('Network');
    await expect(network.layers.last()).toContainText('Dense');
    await expect(frame.main.getByText(/3 steps of passengers/)).toBeVisible();
  });

  await test.step('it trains, and stands beside the seasonal naive forecast', async () => {
    await network.set({ Epochs: 40 });
    await frame.go('Train');
    await frame.main.getByRole('button', { name: 'To the data' }).click();
    await expect(page.getByRole('tab', { name: /^Split/ })).toHaveAttribute('aria-selected', 'true');
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished', 60_000);
    await frame.go('Test');
    await page.getByRole('tab', { name: 'Scores' }).click();
    const scores = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Naive' }) });
    await expect(scores.getByRole('row', { name: /^MASE/ })).toContainText('better than the baseline');
    await expect(page.getByRole('img', { name: /Forecast and what came/ })).toBeVisible();
    await page.getByRole('button', { name: 'Earlier window' }).click();
    await expect(page.getByRole('img', { name: /after 1960-/ })).toBeVisible();
    await examiner.look('Forecast scores');
  });

  await test.step('the months after the last one are forecast, and follow what is typed', async () => {
    await page.getByRole('tab', { name: 'Try it' }).click();
    const answer = page.getByRole('table', { name: 'Forecast by step' });
    await expect(answer.getByRole('rowheader')).toHaveText(['1961-01', '1961-02', '1961-03']);
    const before = await answer.textContent();
    const steps = page.getByRole('textbox', { name: /^passengers, 24 steps/ });
    await steps.fill(`${await steps.inputValue()}\n900`);
    await expect(answer).not.toHaveText(before ?? '');
    await expect(answer.getByRole('rowheader').first()).toHaveText('1961-02');
    await page.getByRole('textbox', { name: 'month of the last step' }).fill('Dec 2024');
    await page.keyboard.press('Enter');
    await expect(answer.getByRole('rowheader').first()).toHaveText('2025-01');
    await examiner.look('Forecast of steps that were typed');
  });

  expect(examiner.found).toEqual([]);
  expect(tandem.complaints).toEqual([]);
});
