/** Runs that wait for their turn: added while one trains, put in another order by keyboard, still there after the app was killed. */
import { expect, test } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('runs wait in an order that a person chooses, and outlive the app', async ({ tandem, page }) => {
  const frame = new Frame(page);
  const train = new TrainPage(page);
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  await frame.go('Network');
  await new NetworkPage(page).set({ Epochs: 20_000 });
  await page.getByRole('button', { name: 'Settings', exact: true }).last().click();
  await page.getByRole('combobox', { name: 'Runs at the same time' }).selectOption('1');
  await page.keyboard.press('Escape');
  await frame.go('Train');
  await train.start();
  await train.isIn('Training');

  const strip = frame.main.getByRole('group', { name: 'Waiting to train' });
  const add = frame.main.getByRole('button', { name: 'Add to the queue' });
  await add.click();
  await expect(strip.getByRole('status')).toHaveText('1 waiting');
  await add.click();
  await expect(strip.getByRole('status')).toHaveText('2 waiting');

  const shown = page.getByRole('dialog', { name: 'Waiting to train' });
  const places = shown.getByRole('listitem');
  await strip.getByRole('button', { name: 'Show the queue' }).press('Enter');
  const [first, second] = (await shown.getByRole('button', { name: /^Start .* now$/ }).all()).map((button) =>
    button.getAttribute('aria-label'),
  );
  const nameOf = (label: string | null) => label?.replace(/^Start (.*) now$/, '$1') ?? '';
  const [one, two] = [nameOf((await first) ?? null), nameOf((await second) ?? null)];
  const up = shown.getByRole('button', { name: `Move ${two} up` });
  await up.press('Enter');
  await expect(places.first()).toContainText(two);
  await expect(up).toBeFocused();
  await page.keyboard.press('Escape');

  await frame.go('Runs');
  const row = (name: string) => page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: new RegExp(name) });
  await expect(row(two)).toContainText('Waiting');
  await expect(page.getByRole('table', { name: 'Runs' })).toContainText('Training');

  await tandem.kill();
  const again = await tandem.launch();
  await new Frame(again).go('Train');
  const held = again.getByRole('group', { name: 'Waiting to train' });
  await expect(held).toContainText('None is trained until you say so.');
  await held.getByRole('button', { name: 'Show the queue' }).click();
  const left = again.getByRole('dialog', { name: 'Waiting to train' }).getByRole('listitem');
  await expect(left).toHaveText([new RegExp(`1\\s*${two}`), new RegExp(`2\\s*${one}`)]);
  await again.getByRole('button', { name: 'Train them' }).last().click();
  await expect(left).toHaveText([new RegExp(`1\\s*${one}`)]);
  await left.getByRole('button', { name: `Take ${one} out of the queue` }).click();
  await expect(held).toBeHidden();
  expect(tandem.complaints).toEqual([]);
});
