/** Train: the controls and what a run shows of itself. */
import { expect, type Locator, type Page } from '@playwright/test';

export class TrainPage {
  readonly page: Page;
  readonly main: Locator;
  readonly pause: Locator;
  readonly stop: Locator;
  /** Rows of the table of epochs, without its head. */
  readonly epochs: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.pause = this.main.getByRole('button', { name: 'Pause' });
    this.stop = this.main.getByRole('button', { name: 'Stop', exact: true });
    this.epochs = this.main
      .getByRole('tabpanel')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
  }

  async start(): Promise<void> {
    await this.main.getByRole('button', { name: 'Start training' }).click();
  }

  async isIn(state: 'Training' | 'Paused' | 'Finished' | 'Stopped' | 'Interrupted', timeout = 60_000): Promise<void> {
    await expect(this.main.getByText(state, { exact: true }).first()).toBeVisible({ timeout });
  }

  /** Waits until so many epochs stand in the table. */
  async epochsDone(count: number, timeout = 60_000): Promise<void> {
    // Epochs of small data take half a second: what is to be done to a run that trains must not come after its end.
    await expect.poll(() => this.epochs.count(), { timeout, intervals: [100] }).toBeGreaterThanOrEqual(count);
  }
}
