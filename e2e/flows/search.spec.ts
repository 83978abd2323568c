/** A search from its plan to what came of it: problems beside their fields, pause, one trial looked at and used, more trials. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { SearchPage } from '../pages/search';

test('a search is planned, paused, ends with a model, and its best is used', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const frame = new Frame(page);
  const search = new SearchPage(page);
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  await frame.go('Train');
  await search.main.getByRole('button', { name: 'Search', exact: true }).click();
  const examiner = await Examiner.over(page);

  await test.step('the plan says beside a field what is wrong with it, and fields join and leave with undo', async () => {
    const rate = search.main.getByRole('listitem', { name: 'Learning rate' });
    await search.set({ 'Learning rate: from': 1 });
    await expect(rate.getByRole('alert')).toHaveText('“From” must be below “to”.');
    await expect(search.main.getByRole('button', { name: 'Start searching' })).toHaveAttribute('aria-disabled', 'true');
    await search.set({ 'Learning rate: from': 0.0005 });
    await search.main.getByRole('button', { name: 'Add a field' }).click();
    await page.keyboard.type('clipping limit');
    await page.keyboard.press('Enter');
    const added = search.main.getByRole('listitem', { name: 'Clipping limit' });
    await expect(added).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(added).toBeHidden();
    await examiner.look('plan');
  });

  await test.step('it is paused and goes on, and its trials come in', async () => {
    await search.set({ Trials: 6, 'Epochs of a trial, at most': 3 });
    await search.start();
    await search.main.getByRole('button', { name: 'Pause' }).click();
    await search.isIn('Paused');
    await search.main.getByRole('button', { name: 'Continue' }).click();
    await expect(search.main.getByRole('tab', { name: 'What came of it' })).toBeVisible({ timeout: 90_000 });
    await search.isIn('Finished');
    await expect(search.main.getByRole('group', { name: 'Trials' })).toContainText('6 of 6');
  });

  await test.step('what came of it names the best and the model that was made of it', async () => {
    await expect(search.main.getByRole('region', { name: /^The best: trial \d/ })).toContainText('Learning rate');
    await expect(search.main.getByRole('list', { name: 'Models that were made' }).getByRole('listitem')).toHaveText(
      /-1.*Accuracy, test \d+\.\d+%/,
    );
    await expect(search.main.getByRole('region', { name: 'In plain words' })).toContainText(
      /6 trainings were tried .*The best is trial \d.*On the test rows, by which nothing was chosen: Accuracy, test \d/,
    );
    await examiner.look('outcome');
    await search.open('What matters');
    await expect(search.main.getByRole('group', { name: /^Settings to figure\. \d of \d trials pass/ })).toBeVisible();
    await expect(search.main.getByRole('img', { name: /^Which settings matter/ })).toBeVisible();
    await examiner.look('what matters');
  });

  await test.step('by keys a trial is opened, and its settings become the project’s, which undo takes back', async () => {
    await search.open('Trials');
    await expect(search.trials).toHaveCount(6);
    await search.main.getByRole('button', { name: 'Trial', exact: true }).click();
    await search.trials.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(search.trial.getByRole('heading', { name: 'Trial 2' })).toBeVisible();
    await examiner.look('a trial');
    const value = await search.trial
      .getByRole('row', { name: /^Learning rate/ })
      .getByRole('cell')
      .first()
      .innerText();
    await search.trial.getByRole('button', { name: 'Use these settings' }).click();
    await expect(frame.messages).toContainText('Settings of trial 2 taken over');
    await frame.go('Network');
    await page.getByRole('tab', { name: 'Training settings' }).click();
    const rate = page.getByRole('main').getByRole('textbox', { name: 'Learning rate', exact: true });
    expect(Number(await rate.inputValue())).toBeCloseTo(Number(value), 4);
    await page.keyboard.press('Control+z');
    await expect(rate).toHaveValue('0.001');
  });

  await test.step('after a restart it is still there, and takes more trials', async () => {
    await tandem.close();
    const again = new SearchPage(await tandem.launch());
    await new Frame(again.page).go('Train');
    await again.main.getByRole('button', { name: 'Search', exact: true }).click();
    await again.isIn('Finished');
    await again.main.getByRole('button', { name: 'More time or trials' }).click();
    const dialog = again.page.getByRole('dialog', { name: 'Search on' });
    await dialog.getByRole('textbox', { name: 'Further trials' }).fill('1');
    await dialog.getByRole('textbox', { name: 'Further trials' }).press('Enter');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await expect(again.main.getByRole('group', { name: 'Trials' })).toContainText('7 of 7', { timeout: 60_000 });
    await again.isIn('Finished');
    page = again.page;
  });

  await test.step('closing while it searches asks; it is interrupted and goes on after the next start', async () => {
    const closing = new Frame(page).closing;
    const going = new SearchPage(page);
    await going.main.getByRole('button', { name: 'More time or trials' }).click();
    const dialog = page.getByRole('dialog', { name: 'Search on' });
    await dialog.getByRole('textbox', { name: 'Further trials' }).fill('400');
    await dialog.getByRole('textbox', { name: 'Further trials' }).press('Enter');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await going.isIn('Searching');
    await tandem.closeWindow();
    await expect(closing).toContainText('its trials so far stay saved');
    await closing.getByRole('button', { name: 'Keep searching' }).click();
    await expect(closing).toBeHidden();
    await going.isIn('Searching');
    const gone = new Promise((done) => tandem.application.process().once('exit', done));
    await tandem.closeWindow();
    await closing.getByRole('button', { name: 'Stop and close' }).click();
    expect(await gone).toBe(0);
    tandem.forget();
    const later = new SearchPage(await tandem.launch());
    await new Frame(later.page).go('Train');
    await later.main.getByRole('button', { name: 'Search', exact: true }).click();
    await later.isIn('Interrupted');
  });
  expect(examiner.found).toEqual([]);
  expect(tandem.complaints).toEqual([]);
});
