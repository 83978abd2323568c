/** Network: the layers and the training settings. */
import type { Locator, Page } from '@playwright/test';

export class NetworkPage {
  readonly page: Page;
  readonly layers: Locator;
  readonly total: Locator;

  constructor(page: Page) {
    this.page = page;
    this.layers = page.getByRole('list', { name: 'Layers from input to output' }).getByRole('listitem');
    this.total = page.getByRole('main').getByText(/[\d,]+ parameters/);
  }

  /** Sets number fields of the training settings by their names. */
  async set(values: Readonly<Record<string, number>>): Promise<void> {
    await this.page.getByRole('tab', { name: 'Training settings' }).click();
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.getByRole('main').getByRole('textbox', { name, exact: true });
      await field.fill(String(value));
      await field.press('Enter');
    }
  }
}
