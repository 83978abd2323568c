/** Dish ratings from the gallery: codes of guests and dishes, training, and dishes recommended to a guest and to a new one. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { DataPage } from '../pages/data';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('from the sample of ratings to recommended dishes', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const frame = new Frame(page);
  const data = new DataPage(page);
  const network = new NetworkPage(page);
  const train = new TrainPage(page);
  const examiner = await Examiner.over(page);

  await test.step('the sample is for recommendations, with a network over codes', async () => {
    await new HomePage(page).openSample('Dishes');
    await expect(page.getByRole('heading', { name: 'Dishes', level: 1 })).toBeVisible({ timeout: 60_000 });
    await expect(data.inspector).toContainText('Recommend items');
    await data.openTab('Preparation');
    const table = page.getByRole('table', { name: 'Rows before and after each step' });
    await expect(table.getByRole('row').nth(1)).toContainText(/\d/);
    await frame.go('Network');
    await expect(frame.main).toContainText('Factorization machine');
    await expect(frame.main).toContainText('user, item and what is known of them');
  });

  await test.step('it trains', async () => {
    await network.set({ Epochs: 4 });
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished', 90_000);
  });

  await test.step('a new guest gets a list at once, a guest of the data another, without what they rated', async () => {
    await frame.go('Test');
    const recommended = frame.main.getByRole('table', { name: 'Recommended' });
    await expect(recommended.getByRole('row')).toHaveCount(11, { timeout: 60_000 });
    await expect(frame.main).toContainText('No ratings of this user are known.');
    const guest = frame.main.getByRole('textbox', { name: 'guest' });
    await guest.fill('G007');
    await guest.press('Enter');
    const rated = frame.main.getByRole('table', { name: 'Rated by this user' });
    await expect(rated.getByRole('row')).toHaveCount(11);
    const dish = (await rated.getByRole('rowheader').first().textContent()) ?? '';
    await expect(recommended.getByRole('rowheader', { name: dish, exact: true })).toHaveCount(0);
    await examiner.look('Test');
    await guest.fill('nobody');
    await guest.press('Enter');
    await expect(frame.main).toContainText('There is no user “nobody” in the training rows');
  });

  await test.step('somebody new rates dishes, and the list follows', async () => {
    await frame.main.getByRole('button', { name: 'Rate as a new user' }).click();
    const recommended = frame.main.getByRole('table', { name: 'Recommended' });
    await expect(recommended.getByRole('row')).toHaveCount(11);
    const before = (await recommended.textContent()) ?? '';
    const dishes = frame.main.getByRole('list', { name: 'Items to rate' }).getByRole('listitem');
    await expect(dishes).toHaveCount(12);
    const dish = (await recommended.getByRole('rowheader').first().textContent()) ?? '';
    await frame.main.getByRole('searchbox', { name: 'Search' }).fill(dish);
    await expect(dishes.first()).toContainText(dish);
    await frame.main.getByRole('combobox', { name: `Rating of ${dish}`, exact: true }).selectOption('1');
    await expect(frame.main).toContainText('Rated so far: 1');
    await expect(recommended).not.toHaveText(before);
    await expect(recommended.getByRole('rowheader', { name: dish, exact: true })).toHaveCount(0);
    await examiner.look('Rating as a new user');
  });

  await test.step('a dish that is not in the data goes by what is known of it', async () => {
    await frame.main.getByRole('button', { name: 'One rating' }).click();
    const known = frame.main.getByRole('group', { name: 'Known of the new item' });
    await known.getByLabel('cuisine').selectOption('Thai');
    await expect(frame.main).toContainText('No training row has this item: the answer goes by what is known of it.');
    await examiner.look('One rating');
    const dish = frame.main.getByRole('textbox', { name: 'dish' });
    await dish.fill('Green curry');
    await dish.press('Enter');
    await expect(known).toHaveCount(0);
    // The guest is still nobody.
    await expect(frame.main).toContainText('The answer is the mean of this item’s ratings.');
  });

  await test.step('lists are scored beside the most often rated dishes', async () => {
    await frame.main.getByRole('tab', { name: 'Scores' }).click();
    const scores = frame.main.getByRole('table');
    await expect(scores.getByRole('row', { name: /^NDCG@10/ })).toContainText(/0\.\d+.*0\.\d+/s);
    await expect(frame.main).toContainText('the most often rated items');
    await examiner.look('Scores');
  });
  expect(examiner.found).toEqual([]);
  expect(tandem.complaints).toEqual([]);
});
