/** Sounds: a zip of spoken digits is heard, filtered and searched; clips are recorded into classes and become a dataset. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { answerDialogue, dropFile } from '../fixtures/dialogue';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

const digits = resolve(import.meta.dirname, '../../../shared/data/fsdd.zip');
const sounds = resolve(import.meta.dirname, '../../src-main/data/fixtures/sounds');
const fakeMicrophone = ['--use-fake-device-for-media-stream'];

/** The made-up microphone beeps once a second: looked at once a second, it may be silent each time. */
async function isHeard(meter: Locator): Promise<void> {
  const level = () => meter.getAttribute('aria-valuenow').then(Number);
  await expect.poll(level, { intervals: [130] }).toBeGreaterThan(0);
}

test('a zip of spoken digits opens as sounds that play, are filtered by class and found by name', async ({
  tandem,
  page,
}) => {
  test.skip(!existsSync(digits), 'shared/data/fsdd.zip is not here');
  test.setTimeout(120_000);
  await new HomePage(page).chooseFile(tandem.application, digits);
  await expect(page.getByRole('heading', { name: 'fsdd', level: 1 })).toBeVisible({ timeout: 90_000 });
  const sounds = page.getByRole('grid', { name: 'Sounds' });
  await expect(page.getByRole('main').getByText('3,000 rows', { exact: true })).toBeVisible();
  await expect(sounds.getByRole('gridcell', { name: /^Row 1: 0, 0\.\d+ s$/ })).toBeVisible();
  await expect(sounds.locator('path.outline').first()).toHaveAttribute('d', /^M0 [\d.]+L/);

  await test.step('Space plays the active sound and shows it playing', async () => {
    await sounds.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(page.locator('path.played').first()).toBeAttached();
    await expect(page.locator('path.played')).toHaveCount(0, { timeout: 10_000 });
    await expect(page.getByRole('complementary').getByRole('heading', { name: 'Row 2' })).toBeVisible();
  });
  await test.step('class and words leave what they say', async () => {
    await page.getByRole('group', { name: 'Filter by class' }).getByRole('button', { name: /^7/ }).click();
    await page.getByRole('searchbox').fill('jackson');
    await expect(page.getByRole('main').getByText('50 of 3,000 rows')).toBeVisible();
    await expect(sounds.getByRole('gridcell', { name: /^Row [\d,]+: 7, / })).not.toHaveCount(0);
    await expect(sounds.getByRole('gridcell', { name: /^Row [\d,]+: [^7]/ })).toHaveCount(0);
  });
  expect(tandem.complaints).toEqual([]);
});

test('clips are recorded into two classes, heard, and become a dataset', async ({ tandem }) => {
  test.setTimeout(180_000);
  const page = await tandem.launch({ args: fakeMicrophone });
  await page.getByRole('button', { name: 'Record sounds' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record sounds into classes' });
  const create = dialog.getByRole('button', { name: 'Create dataset' });
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox', { name: 'Name of the dataset' }).fill('Beeps');
  for (const [index, name] of ['high', 'low'].entries()) {
    await dialog.getByRole('textbox', { name: 'Name of the class' }).nth(index).fill(name);
    await dialog.getByRole('button', { name: `Record into ${name}` }).click();
    await isHeard(dialog.getByRole('meter').nth(index));
    const clips = dialog.getByRole('list', { name: `Clips of ${name}` }).getByRole('listitem');
    await expect.poll(() => clips.count(), { timeout: 15_000 }).toBeGreaterThanOrEqual(4);
    await dialog.getByRole('button', { name: `Stop recording ${name}` }).click();
  }
  await dialog.getByRole('button', { name: 'Play clip 1' }).first().click();
  await expect(dialog.locator('path.played').first()).toBeAttached();
  const low = dialog.getByRole('list', { name: 'Clips of low' });
  const before = await low.getByRole('listitem').count();
  await low.getByRole('button', { name: 'Remove clip 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(low.getByRole('listitem')).toHaveCount(before - 1);
  const total = await dialog.getByRole('button', { name: /^Remove clip/ }).count();
  await create.click();
  await expect(page.getByRole('heading', { name: 'Beeps', level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main').getByText(`${total} rows`, { exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /: high, 1 s$/ }).first()).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /: low, 1 s$/ }).first()).toBeVisible();

  await test.step('its augmentations are seen on a spectrogram', async () => {
    await new Frame(page).go('Network');
    await page.getByRole('tab', { name: 'Training settings' }).click();
    const preview = page.getByRole('region', { name: 'What training sees' });
    await expect(preview.getByRole('status')).toContainText('row ', { timeout: 60_000 });
    const shown = () =>
      preview
        .locator('canvas')
        .evaluateAll((all) => new Set(all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL())).size);
    expect(await shown()).toBe(1);
    await page.getByRole('switch', { name: 'Hide moments and pitches' }).click();
    await page.getByRole('switch', { name: 'Grain in the spectrogram' }).click();
    await expect.poll(shown).toBe(9);
  });
  await test.step('its model hears the microphone, and a file', async () => {
    await new Frame(page).go('Train');
    const training = new TrainPage(page);
    await training.start();
    await training.isIn('Finished', 90_000);
    await page.getByRole('button', { name: 'Test this model' }).click();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await isHeard(page.getByRole('meter'));
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const answer = page.getByRole('region', { name: 'Answer' });
    await expect(answer.getByText(/% sure$/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();

    await answerDialogue(tandem.application, join(sounds, 'stereo.opus'));
    await page.getByRole('button', { name: 'Choose a sound' }).click();
    const pad = page.getByRole('group', { name: 'Record or choose' }).last();
    await expect(pad).toContainText('stereo.opus');
    await expect(pad).toContainText('0.3 s');
    await dropFile(page, pad, join(sounds, 'tone.flac'));
    await expect(pad).toContainText('tone.flac');
    await expect(answer.getByText(/% sure$/)).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await dropFile(page, pad, join(sounds, '../picture.png'));
    await expect(page.getByRole('alert')).toContainText('picture.png is no sound that can be read');
  });
  await test.step('a pretrained network brings its layers and the preparation of the sounds by one click, and hears a file', async () => {
    const frame = new Frame(page);
    const network = new NetworkPage(page);
    await frame.go('Network');
    await page.getByRole('tab', { name: 'Layers' }).click();
    await page.getByRole('button', { name: 'Use a pretrained network' }).click();
    await expect(network.layers.first()).toContainText('Speech embedding');
    await expect(network.layers).toHaveCount(5);
    await expect(page.getByRole('main').getByText('Can be trained')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('complementary').getByText(/speakers it has not met.*Apache-2\.0/s)).toBeVisible();

    await frame.go('Data');
    await page.getByRole('tab', { name: 'Preparation' }).click();
    await expect(page.getByRole('radio', { name: 'For the speech embedding' })).toBeChecked();
    await expect(page.getByRole('main').getByText(/^\d+ frames × 32 bands$/)).toBeVisible();
    await page.getByRole('radio', { name: 'Log-mel' }).click();
    await expect(page.getByRole('main').getByText(/^\d+ frames × 40 bands$/)).toBeVisible();
    await frame.go('Network');
    await expect(network.layers.first()).toContainText('choose the spectrogram “For the speech embedding”');
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(page.getByRole('main').getByText('Can be trained')).toBeVisible({ timeout: 30_000 });

    await frame.go('Train');
    const training = new TrainPage(page);
    await training.start();
    await expect(training.epochs).toHaveCount(0);
    await training.isIn('Finished', 90_000);
    await page.getByRole('button', { name: 'Test this model' }).click();
    await answerDialogue(tandem.application, join(sounds, 'stereo.opus'));
    await page.getByRole('button', { name: 'Choose a sound' }).click();
    await expect(page.getByRole('region', { name: 'Answer' }).getByText(/% sure$/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
  expect(tandem.complaints).toEqual([]);
});

test('microphone and camera are each granted alone, once, after they were asked for in the app', async ({ tandem }) => {
  const page = await tandem.launch({ args: fakeMicrophone });
  const answers = await page.evaluate(async () => {
    const ask = (wanted: MediaStreamConstraints) =>
      navigator.mediaDevices.getUserMedia(wanted).then(
        () => 'granted',
        (error: Error) => error.name,
      );
    const open = (device: string) => window.tandem.rpc('recordings.allowDevice', { device });
    const found = [await ask({ audio: true })];
    await open('microphone');
    await open('camera');
    found.push(await ask({ audio: true, video: true }));
    found.push(await ask({ audio: true }), await ask({ audio: true }));
    found.push(await ask({ video: true }), await ask({ video: true }));
    await open('microphone');
    found.push(await ask({ video: true }));
    return found;
  });
  const refused = 'NotAllowedError';
  expect(answers).toEqual([refused, refused, 'granted', refused, 'granted', refused, refused]);
});
