/** Search: the plan, its controls and what it shows of itself. */
import { expect, type Locator, type Page } from '@playwright/test';

export class SearchPage {
  readonly page: Page;
  readonly main: Locator;
  /** The inspector: the trial that was chosen. */
  readonly trial: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.trial = page.getByRole('complementary', { name: 'Inspector' });
  }

  /** Sets number fields of the plan by their names. */
  async set(values: Readonly<Record<string, number>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.main.getByRole('textbox', { name, exact: true });
      await field.fill(String(value));
      await field.press('Enter');
    }
  }

  async start(): Promise<void> {
    await this.main.getByRole('button', { name: 'Start searching' }).click();
  }

  async isIn(state: 'Searching' | 'Paused' | 'Finished' | 'Stopped' | 'Interrupted', timeout = 60_000): Promise<void> {
    await expect(this.main.getByText(state, { exact: true }).first()).toBeVisible({ timeout });
  }

  async open(tab: 'What came of it' | 'Progress' | 'What matters' | 'Trials'): Promise<void> {
    await this.main.getByRole('tab', { name: tab }).click();
  }

  /** Rows of the table of trials, without its head. */
  get trials(): Locator {
    return this.main
      .getByRole('table', { name: 'Trials' })
      .getByRole('row')
      .filter({ has: this.page.getByRole('cell') });
  }
}
