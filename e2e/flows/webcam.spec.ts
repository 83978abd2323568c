/** The camera: pictures are taken into classes by pointer and by keyboard, one is removed, and they become a dataset. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { TrainPage } from '../pages/train';

const fakeCamera = ['--use-fake-device-for-media-stream=device-count=2'];

test('pictures are taken into two classes by holding, and become a dataset whose model answers for what the camera sees', async ({
  tandem,
}) => {
  test.setTimeout(240_000);
  const page = await tandem.launch({ args: fakeCamera });
  await page.getByRole('button', { name: 'Take pictures' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take pictures into classes' });
  await expect(dialog.getByLabel('What the camera sees')).toBeVisible();
  await test.step('of two cameras the other one is used, and remembered', async () => {
    const camera = dialog.getByLabel('Camera', { exact: true });
    const other = (await camera.getByRole('option').nth(1).getAttribute('value')) ?? '';
    await camera.selectOption(other);
    await expect(dialog.getByLabel('What the camera sees')).toBeVisible();
    await expect(camera).toHaveValue(other);
    const kept = await page.evaluate(() => window.tandem.rpc('app.preferences', undefined));
    expect(kept).toMatchObject({ value: { camera: other } });
    // The second of the made-up cameras sees grey alone.
    await camera.selectOption({ index: 0 });
  });
  const create = dialog.getByRole('button', { name: 'Create dataset' });
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox', { name: 'Name of the dataset' }).fill('Hands');
  const picturesOf = (name: string) => dialog.getByRole('list', { name: `Pictures of ${name}` }).getByRole('listitem');
  for (const [index, name] of ['open', 'fist'].entries()) {
    await dialog.getByRole('textbox', { name: 'Name of the class' }).nth(index).fill(name);
    const button = dialog.getByRole('button', { name: `Hold to record into ${name}` });
    // Once with the pointer, once with Space.
    if (index === 0) {
      await button.hover();
      await page.mouse.down();
    } else {
      await button.focus();
      await page.keyboard.down('Space');
    }
    await expect.poll(() => picturesOf(name).count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(6);
    if (index === 0) await page.mouse.up();
    else await page.keyboard.up('Space');
    await expect(button).toHaveAttribute('aria-pressed', 'false');
  }
  const before = await picturesOf('fist').count();
  await dialog.getByRole('button', { name: 'Remove picture 1 of fist' }).focus();
  await page.keyboard.press('Enter');
  await expect(picturesOf('fist')).toHaveCount(before - 1);
  const total = (await picturesOf('open').count()) + before - 1;
  const examiner = await Examiner.over(page);
  await examiner.look('Pictures of two classes');
  expect(examiner.found).toEqual([]);

  await create.click();
  await expect(page.getByRole('heading', { name: 'Hands', level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main').getByText(`${total} rows`, { exact: true })).toBeVisible();
  const [version] = await page.evaluate(async () => {
    const reply = (await window.tandem.rpc('projects.list', undefined)) as { value: { data: { versionId: string } }[] };
    const id = reply.value[0]!.data.versionId;
    const found = (await window.tandem.rpc('datasets.version', { id })) as { value: { columns: object[] } };
    return [found.value];
  });
  const image = version.columns.find((column) => 'image' in column && column.image !== null);
  expect(image).toMatchObject({ image: { width: 96, height: 96, channels: 3, originals: expect.any(String) } });

  await test.step('a picture taken on Test is answered', async () => {
    await new Frame(page).go('Train');
    const training = new TrainPage(page);
    await training.start();
    await training.isIn('Finished', 90_000);
    await page.getByRole('button', { name: 'Test this model' }).click();
    await page.getByRole('group', { name: 'Ways to give an example' }).getByRole('button', { name: 'Camera' }).click();
    const pad = page.getByRole('group', { name: 'Camera', exact: true });
    await expect(pad.getByLabel('What the camera sees')).toBeVisible();
    await pad.getByRole('button', { name: 'Take a picture' }).click();
    await expect(pad.getByRole('img', { name: /^The picture taken/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Answer' }).getByText(/% sure$/)).toBeVisible({ timeout: 30_000 });
    await examiner.look('A picture tried');
    expect(examiner.found).toEqual([]);
    await page.getByRole('region', { name: 'Input' }).getByRole('button', { name: 'Test rows' }).click();
    await expect(pad).toHaveCount(0);
  });
  expect(tandem.complaints).toEqual([]);
});

test('without a camera it says so, and what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'Take pictures' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take pictures into classes' });
  await expect(dialog.getByText('No camera was found.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible();
});
