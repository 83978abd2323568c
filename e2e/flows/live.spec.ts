/** Looking into a training: epochs gone back to by keyboard, examples, matrix, layers, and a fault found, mended and undone. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('epochs are gone back to, layers are read, and a learning rate that is too high is found and mended', async ({
  page,
}) => {
  const frame = new Frame(page);
  const network = new NetworkPage(page);
  const train = new TrainPage(page);
  const examiner = await Examiner.over(page);
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();

  await test.step('a training with a learning rate far too high', async () => {
    await new HomePage(page).openSample('Penguins');
    await page.getByRole('button', { name: 'Continue to Network' }).click();
    await network.set({ 'Learning rate': 1, Epochs: 6 });
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished');
  });

  await test.step('the examples of the first epoch are seen, and those that changed after it', async () => {
    await tab('Predictions');
    const slider = page.getByRole('slider', { name: 'Epoch to look at' });
    await expect(slider).toHaveAttribute('aria-valuetext', 'Epoch 6');
    await slider.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', 'Epoch 1');
    await expect(train.main.getByText(/The same 52 validation examples/)).toContainText(
      'Changed since the reading before: 0',
    );
    await slider.press('ArrowRight');
    await expect(page.getByRole('list', { name: 'Examples of the probe' }).getByRole('listitem')).toHaveCount(48);
    await expect(page.getByRole('region', { name: 'How each class was learnt' })).toContainText('Gentoo');
    await examiner.look('Predictions, with what was noticed');
  });

  await test.step('the matrix counts the same examples, the layers say what they do, the map shows all', async () => {
    await tab('Confusion');
    await expect(page.getByRole('grid', { name: 'Confusion matrix' })).toBeVisible();
    await tab('Layers');
    const first = train.main.getByRole('row').filter({ hasText: 'dense-1' });
    await expect(first).toContainText('%');
    await expect(first.getByRole('img', { name: /^Weights of Dense/ })).toBeVisible();
    await examiner.look('Layers');
    await tab('Map');
    await expect(page.getByRole('img', { name: /^Map of 52 examples/ })).toBeVisible();
    const place = page
      .getByRole('img', { name: /^Map of 52 examples/ })
      .locator('g')
      .first();
    const along = await place.getAttribute('style');
    await page.getByLabel('Arrange the examples by').selectOption('UMAP');
    await expect(place).not.toHaveAttribute('style', along ?? '');
    await examiner.look('Map');
    expect(examiner.found).toEqual([]);
  });

  await test.step('the fault is said with its numbers; its remedy is shown, applied, and taken back', async () => {
    const found = page.getByRole('list', { name: 'What was noticed' }).getByRole('listitem');
    await expect(found.first()).toContainText('Learning rate too high.');
    await found.first().getByRole('button', { name: 'Lower the learning rate' }).click();
    const row = page.getByRole('dialog').getByRole('row', { name: 'Learning rate' });
    await expect(row).toContainText('0.001');
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    const rate = async () => {
      const answer = (await page.evaluate(() => window.tandem.rpc('projects.list', undefined))) as {
        value: { settings: { learningRate: number } }[];
      };
      return answer.value[0]?.settings.learningRate;
    };
    await expect.poll(rate).toBe(0.001);
    await frame.messages.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(rate).toBe(1);
  });
});
