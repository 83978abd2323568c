/** Nothing that was trained is lost, whatever is killed: the job alone, or the whole app. */
import { expect, test, type Tandem } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';
import type { Page } from '@playwright/test';

/** Process ids of the jobs that run now, the oldest first: a preview of pictures may still wait for questions. */
const jobProcesses = (tandem: Tandem) =>
  tandem.application.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name, serviceName }) => name === 'Tandem job' || serviceName === 'Tandem job')
      .sort((one, other) => one.creationTime - other.creationTime)
      .map(({ pid }) => pid),
  );

/** Whether Electron holds off sleep; its numbers of such holds begin at 0. */
const keepsAwake = (tandem: Tandem) =>
  tandem.application.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)));

async function trainInto(page: Page, epoch: number): Promise<TrainPage> {
  const frame = new Frame(page);
  const train = new TrainPage(page);
  await new HomePage(page).openSample('Handwritten digits');
  await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 });
  await frame.go('Network');
  await new NetworkPage(page).set({ Epochs: 500, Patience: 500 });
  await frame.go('Train');
  await train.start();
  await train.epochsDone(epoch - 1, 90_000);
  return train;
}

test.describe.configure({ timeout: 240_000 });

test('a job killed in epoch 3 leaves an interrupted run with its epochs, and it goes on', async ({ tandem, page }) => {
  const train = await trainInto(page, 3);
  expect(await keepsAwake(tandem)).toBe(true);
  const pid = (await jobProcesses(tandem)).at(-1);
  process.kill(pid!, 'SIGKILL');
  await train.isIn('Interrupted');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('ended from outside');
  expect(await keepsAwake(tandem)).toBe(false);
  const kept = await train.epochs.count();
  expect(kept).toBeGreaterThanOrEqual(2);
  await page.getByRole('main').getByRole('button', { name: 'Go on training' }).click();
  await train.epochsDone(kept + 1, 90_000);
  const again = (await jobProcesses(tandem)).at(-1);
  await train.stop.click();
  await train.isIn('Stopped');
  await expect.poll(() => jobProcesses(tandem)).not.toContain(again);
});

test('the whole app killed while training opens again with the run interrupted and complete epochs', async ({
  tandem,
  page,
}) => {
  await trainInto(page, 3);
  const pid = (await jobProcesses(tandem)).at(-1);
  await tandem.kill();
  await expect.poll(() => isAlive(pid!)).toBe(false);
  const again = await tandem.launch();
  await new Frame(again).go('Train');
  const train = new TrainPage(again);
  await train.isIn('Interrupted');
  await expect(again.getByRole('main').getByRole('alert')).toContainText('Tandem itself was ended');
  expect(await train.epochs.count()).toBeGreaterThanOrEqual(2);
});

test('closing while training asks; keeping goes on, stopping saves and ends', async ({ tandem, page }) => {
  const train = await trainInto(page, 2);
  const frame = new Frame(page);
  await tandem.closeWindow();
  await frame.closing.getByRole('button', { name: /keep/i }).click();
  await expect(frame.closing).toBeHidden();
  const before = await train.epochs.count();
  await train.epochsDone(before + 1);
  const gone = new Promise((done) => tandem.application.process().once('exit', done));
  await tandem.closeWindow();
  await frame.closing.getByRole('button', { name: /stop/i }).click();
  expect(await gone).toBe(0);
  tandem.forget();
  const again = await tandem.launch();
  await new Frame(again).go('Train');
  await new TrainPage(again).isIn('Stopped');
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
