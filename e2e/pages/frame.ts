/** What surrounds every screen: the rail, the messages, the question before closing. */
import type { Locator, Page } from '@playwright/test';

export type Screen = 'Home' | 'Data' | 'Network' | 'Train' | 'Runs' | 'Test' | 'Use';

export class Frame {
  readonly page: Page;
  readonly main: Locator;
  readonly messages: Locator;
  readonly closing: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.messages = page.getByRole('region', { name: 'Messages' });
    this.closing = page.getByRole('dialog');
  }

  async go(screen: Screen): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Life cycle' })
      .getByRole('button', { name: screen, exact: true })
      .click();
  }
}
