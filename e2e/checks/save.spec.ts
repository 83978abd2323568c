/** Figures and tables leave the app as files, where the person says; nothing else is ever downloaded. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Tandem } from '../fixtures/app';
import { writeFlowers } from '../fixtures/table-file';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-save-'))));
test.afterEach(() => rm(folder, { recursive: true }));

/** Answers the system's save dialogue, which no test can drive: every file that may be saved goes into the folder. */
async function answerSaving(tandem: Tandem): Promise<void> {
  await tandem.application.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (event, item) => {
      if (!event.defaultPrevented) item.setSavePath(`${target}/${item.getFilename()}`);
    });
  }, folder);
}

test('the epochs of a run and its curves are saved as CSV and PNG', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const frame = new Frame(page);
  const train = new TrainPage(page);
  await new HomePage(page).chooseFile(tandem.application, await writeFlowers(folder));
  await expect(page.getByRole('heading', { name: 'flowers', level: 1 })).toBeVisible({ timeout: 60_000 });
  await frame.go('Network');
  await new NetworkPage(page).set({ Epochs: 4 });
  await frame.go('Train');
  await train.start();
  await train.isIn('Finished', 90_000);
  await answerSaving(tandem);

  await frame.main.getByRole('tabpanel').getByRole('button', { name: 'Save as CSV' }).click();
  const saved = await waitForFile(/ ?epochs\.csv$|-epochs\.csv$/);
  const lines = (await readFile(join(folder, saved), 'utf8')).replace('\uFEFF', '').trimEnd().split('\n');
  expect(lines[0]).toMatch(/^epoch,.*loss.*,seconds,examples\/s,learning rate,memory,cores$/);
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['1', '2', '3', '4']);
  const columns = lines[0]!.split(',').length;
  for (const line of lines.slice(1)) {
    expect(line.split(',')).toHaveLength(columns);
    expect(line.split(',').every((cell) => cell !== '' && Number.isFinite(Number(cell)))).toBe(true);
  }

  await frame.main.getByRole('button', { name: 'Take out: Loss' }).click();
  await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
  const curve = await readFile(join(folder, await waitForFile(/^Loss\.csv$/)), 'utf8');
  expect(curve).toMatch(/^\uFEFFEpoch,Training/);

  await frame.main.getByRole('button', { name: 'Take out: Loss' }).click();
  await page.getByRole('menuitem', { name: 'Save as PNG' }).click();
  const picture = await readFile(join(folder, await waitForFile(/^Loss\.png$/)));
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect(tandem.complaints).toEqual([]);
});

test('nothing but what the window made is downloaded', async ({ tandem, page }) => {
  await answerSaving(tandem);
  for (const address of ['data:text/csv,a', 'app://tandem/index.html', 'file:///etc/passwd', 'http://127.0.0.1:9/x']) {
    await page.evaluate((href) => {
      const link = document.createElement('a');
      Object.assign(link, { href, download: 'taken.csv' });
      document.body.append(link);
      link.click();
    }, address);
    await tandem.application.evaluate(
      ({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.webContents.downloadURL(url),
      address,
    );
  }
  await expect
    .poll(
      async () => (await tandem.log()).filter(({ event, kind }) => event === 'denied' && kind === 'download').length,
    )
    .toBeGreaterThanOrEqual(2);
  expect(await readdir(folder)).toEqual([]);
});

/** Waits until a download is complete; under way it has another name. */
async function waitForFile(name: RegExp): Promise<string> {
  const find = async () => (await readdir(folder)).find((file) => name.test(file)) ?? '';
  await expect.poll(find).not.toBe('');
  const found = await find();
  await expect.poll(async () => (await readFile(join(folder, found))).length).toBeGreaterThan(0);
  return found;
}
