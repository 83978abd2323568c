/** Two trainings held against each other: better or luck, the rows behind it, and the same setup with another seed. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('a better run is told from a lucky one, by its rows and by another seed', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const frame = new Frame(page);
  const train = new TrainPage(page);
  const network = new NetworkPage(page);
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  for (const rate of [0.02, 0.00001]) {
    await frame.go('Network');
    await network.set({ 'Learning rate': rate, Epochs: 4 });
    await frame.go('Train');
    await train.start();
    await train.epochsDone(4);
    await train.isIn('Finished');
  }
  await frame.go('Runs');
  const boxes = page.getByRole('table', { name: 'Runs' }).getByRole('checkbox', { name: /^Choose / });
  await expect(boxes).toHaveCount(2);
  // The first one, which learnt, last: the other is what it is held against.
  for (const box of await boxes.all()) await box.click();

  await test.step('the verdict names which is better, by how much, and how surely', async () => {
    await page.getByRole('tab', { name: 'Better or luck?' }).click();
    const verdicts = page.getByRole('region', { name: 'On the test rows' });
    await expect(verdicts.getByRole('listitem')).toHaveText(
      /is better than .* by \d+\.\d points \(95 % interval \d+\.\d to \d+\.\d\)/,
      { timeout: 30_000 },
    );
    await expect(verdicts).toContainText('All of them answered the same 52 test rows.');
    await expect(verdicts).toContainText(/exact p (< )?0\.\d+, mid-p (< )?0\.\d+/);
    await verdicts.getByRole('combobox', { name: 'By' }).selectOption({ label: 'Log loss' });
    await expect(verdicts.getByRole('img', { name: /^Log loss: difference from/ })).toBeVisible({ timeout: 30_000 });
  });

  await test.step('rows that only one of them answers rightly are shown with both answers', async () => {
    await page
      .getByRole('group', { name: /^Rows that/ })
      .getByRole('button', { name: /^\d+ only/ })
      .last()
      .click();
    const rows = page.getByRole('table', { name: 'Rows of this kind' }).getByRole('row');
    await expect(rows.nth(1)).toContainText(/bill_length_mm .*wrong.*right/);
    await expect(page.getByRole('region', { name: 'Confusion matrices' }).getByRole('grid')).toHaveCount(2);
    const examiner = await Examiner.over(page);
    await examiner.look('where runs disagree');
    await page.getByRole('tab', { name: 'Settings', exact: true }).click();
    await page.getByRole('group', { name: /^Learning rate: arrows/ }).press('ArrowUp');
    await expect(frame.main.getByText('1 of 2 runs pass all ranges')).toBeVisible();
    await examiner.look('settings and figures');
    expect(examiner.found).toEqual([]);
  });

  await test.step('one click trains the setup with another seed, and the spread is shown', async () => {
    await page.getByRole('tab', { name: 'Better or luck?' }).click();
    const seeds = page.getByRole('region', { name: 'Over seeds' });
    await seeds.getByRole('textbox', { name: 'Seeds in all' }).fill('2');
    await seeds.getByRole('textbox', { name: 'Seeds in all' }).press('Enter');
    await seeds
      .getByRole('button', { name: /^Repeat / })
      .first()
      .click();
    await expect(boxes).toHaveCount(3);
    await expect(seeds).toContainText(/mean \d\.\d+ of 2 runs, standard deviation/, { timeout: 60_000 });
  });
  expect(tandem.complaints).toEqual([]);
});
