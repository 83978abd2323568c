/** Machine readings from the gallery: what is ordinary is learnt, the threshold moved and put back, faults seen by their columns. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { picture } from '../fixtures/picture-folder';
import { DataPage } from '../pages/data';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

test('from the sample of readings to faults that are found', async ({ tandem, page }) => {
  test.setTimeout(120_000);
  const frame = new Frame(page);
  const data = new DataPage(page);
  const train = new TrainPage(page);
  const examiner = await Examiner.over(page);

  await test.step('the sample is for anomalies, and says what is ordinary', async () => {
    await new HomePage(page).openSample('Machine readings');
    await expect(page.getByRole('heading', { name: 'Machine readings', level: 1 })).toBeVisible({ timeout: 60_000 });
    await expect(data.inspector).toContainText('Find unusual rows');
    await data.openTab(/^Columns/);
    const ordinary = frame.main.getByRole('group', { name: 'Ordinary values' });
    await expect(ordinary.getByRole('checkbox', { name: 'normal' })).toBeChecked();
    await expect(ordinary.getByRole('checkbox', { name: 'leaking oil' })).not.toBeChecked();
    await examiner.look('Known anomalies');
  });

  await test.step('an auto-encoder trains', async () => {
    await frame.go('Network');
    await expect(frame.main).toContainText('The example itself, 9 numbers');
    await new NetworkPage(page).set({ Epochs: 60 });
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished', 60_000);
  });

  await test.step('the threshold follows the person, and can be put back', async () => {
    await frame.go('Test');
    await page.getByRole('tab', { name: 'Threshold' }).click();
    const typed = frame.main.getByRole('textbox', { name: 'Threshold' });
    const slider = frame.main.getByRole('slider', { name: 'Move the threshold' });
    await expect(frame.main).toContainText(/Finds \d+.* of 100 known anomalies/);
    await examiner.look('Threshold');
    await slider.press('End');
    await expect(frame.main).toContainText('Finds 0.0% of 100 known anomalies');
    await frame.main.getByRole('button', { name: 'Use the proposed value' }).click();
    await expect(frame.main).toContainText('This is the proposed value.');
    await typed.fill('0');
    await typed.press('Enter');
    await expect(frame.main).toContainText('Flags 100.0% of 342 ordinary rows');
    await frame.main.getByRole('button', { name: 'Use the proposed value' }).click();
    await expect(frame.main).toContainText('This is the proposed value.');
  });

  await test.step('the most unusual test row is a fault, with the columns that say so', async () => {
    await page.getByRole('tab', { name: 'Try it' }).click();
    const rows = frame.main.getByRole('list', { name: 'Test rows' });
    await rows.getByRole('button').first().click();
    const answer = frame.main.getByRole('region', { name: 'Answer' });
    await expect(answer).toContainText('Anomalous');
    await expect(answer).toContainText('Known to be: Anomalous');
    await expect(answer.getByRole('listitem').first()).toContainText('expected about');
    await examiner.look('Unusual row');
    await page.getByRole('tab', { name: 'Scores' }).click();
    await expect(frame.main.getByRole('row', { name: /^ROC AUC/ })).toContainText('better than the baseline');
  });

  expect(examiner.found).toEqual([]);
  expect(tandem.complaints).toEqual([]);
});

test('a folder of pictures without classes is begun with one click, and trains', async ({ tandem, page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-unlabelled-'));
  try {
    for (let hue = 0; hue < 24; hue += 1) await writeFile(join(folder, `${hue}.png`), picture(hue * 3, 8));
    await new HomePage(page).chooseFolder(tandem.application, folder);
    const data = new DataPage(page);
    await expect(data.inspector).toContainText('24 pictures without classes.');
    await data.inspector.getByRole('button', { name: 'Find unusual pictures' }).click();
    await expect(data.inspector.getByRole('button', { name: 'Find unusual pictures' })).toHaveCount(0);
    const frame = new Frame(page);
    await frame.go('Train');
    const train = new TrainPage(page);
    await train.start();
    await train.isIn('Finished', 60_000);
    await frame.go('Test');
    await expect(frame.main.getByRole('tab', { name: 'Threshold' })).toBeVisible();
    expect(tandem.complaints).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
