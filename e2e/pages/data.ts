/** Data: its tabs, the rows as table or pictures, the edits that are pending, the versions. */
import type { Locator, Page } from '@playwright/test';

export class DataPage {
  readonly page: Page;
  /** Rows or pictures. */
  readonly grid: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid');
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
  }

  async openTab(name: string | RegExp): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** A row of the table by its number as the person sees it. */
  row(number: number): Locator {
    return this.grid
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: new RegExp(`^${number} `) }) });
  }

  /** Says how many steps of edits no version was made of yet. */
  pending(steps: number): Locator {
    return this.page.getByRole('status').filter({ hasText: `Changes not yet used: ${steps}` });
  }

  version(number: number): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: `Version ${number}` }) });
  }
}
