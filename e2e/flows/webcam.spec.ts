/** The camera: pictures are taken into classes by pointer and by keyboard, one is removed, and they become a dataset. */
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';

const fakeCamera = ['--use-fake-device-for-media-stream'];

test('pictures are taken into two classes by holding, and become a dataset with its classes', async ({ tandem }) => {
  test.setTimeout(120_000);
  const page = await tandem.launch({ args: fakeCamera });
  await page.getByRole('button', { name: 'Take pictures' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take pictures into classes' });
  await expect(dialog.getByLabel('What the camera sees')).toBeVisible();
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
  expect(tandem.complaints).toEqual([]);
});

test('without a camera it says so, and what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'Take pictures' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take pictures into classes' });
  await expect(dialog.getByText('No camera was found.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible();
});
