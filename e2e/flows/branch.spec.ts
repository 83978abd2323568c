/** A run that begins with what another had learnt by one of its epochs: asked for in the past, drawn as a tree, refused where it does not fit. */
import { expect, test } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('a run branches off from a kept epoch of another', async ({ tandem, page }) => {
  const frame = new Frame(page);
  const train = new TrainPage(page);
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  await frame.go('Network');
  await new NetworkPage(page).set({ Epochs: 4, 'Keep every k-th epoch': 2 });
  await expect(frame.main.getByText(/^About .* for 2 kept epochs\.$/)).toBeVisible();
  await frame.go('Train');
  await train.start();
  await train.isIn('Finished');
  const parent =
    (await frame.main.getByRole('combobox', { name: 'Run', exact: true }).locator('option:checked').textContent()) ??
    '';

  await frame.main.getByRole('tab', { name: 'Predictions' }).click();
  await frame.main.getByRole('slider', { name: 'Epoch to look at' }).press('Home');
  await frame.main.getByRole('slider', { name: 'Epoch to look at' }).press('ArrowRight');
  await frame.main.getByRole('button', { name: 'Branch from here…' }).click();
  const dialog = page.getByRole('dialog', { name: `Branch off from ${parent}` });
  await expect(dialog.getByRole('combobox', { name: 'Begin after' }).locator('option:checked')).toHaveText(/^Epoch 2/);
  await dialog.getByRole('textbox', { name: 'Epochs to train' }).fill('3');
  await dialog.getByRole('textbox', { name: 'Learning rate' }).fill('0.0005');
  await dialog.getByRole('textbox', { name: 'Learning rate' }).press('Enter');
  await dialog.getByRole('button', { name: 'Branch off' }).click();
  await expect(dialog).toBeHidden();
  await train.isIn('Finished');
  await frame.main.getByRole('tab', { name: /^Epochs/ }).click();
  await train.epochsDone(5);
  await frame.main.getByRole('tab', { name: 'Lineage' }).click();
  const tree = frame.main.getByRole('list', { name: 'Lineage' });
  await expect(tree.getByRole('button')).toHaveText([parent, `${parent}-from-2`]);
  await expect(tree).toContainText('after epoch 2, with the optimizer’s state');

  await test.step('a network of another size is refused by the name of its layer', async () => {
    await frame.go('Network');
    await page.getByRole('tab', { name: 'Layers' }).click();
    await frame.main.getByRole('listitem').filter({ hasText: 'Dense' }).first().click();
    const units = page.getByRole('textbox', { name: 'Units' });
    await units.fill('7');
    await units.press('Enter');
    await frame.go('Runs');
    await page
      .getByRole('table', { name: 'Runs' })
      .getByRole('row', { name: new RegExp(`${parent}-from-2`) })
      .hover();
    await page.getByRole('button', { name: `Actions for ${parent}-from-2` }).click();
    await page.getByRole('menuitem', { name: 'Branch from here…' }).click();
    const again = page.getByRole('dialog', { name: `Branch off from ${parent}-from-2` });
    await again.getByRole('combobox', { name: 'Data, network and settings' }).selectOption('project');
    await again.getByRole('button', { name: 'Branch off' }).click();
    await expect(again.getByRole('alert')).toContainText(/The first layer that differs is dense-1/);
  });
  expect(tandem.complaints).toEqual([]);
});
