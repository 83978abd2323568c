/** Home: the sample gallery and the person's own files. */
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { answerDialogue } from '../fixtures/dialogue';

export class HomePage {
  readonly page: Page;
  readonly refusal: Locator;

  constructor(page: Page) {
    this.page = page;
    this.refusal = page.getByRole('alert');
  }

  async openSample(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Start with ${name}` }).click();
  }

  /** Chooses a file as if the person had picked it in the system's dialogue. */
  async chooseFile(application: ElectronApplication, path: string): Promise<void> {
    await answerDialogue(application, path);
    await this.page.getByRole('button', { name: 'Choose a file' }).first().click();
  }

  async chooseFolder(application: ElectronApplication, path: string): Promise<void> {
    await answerDialogue(application, path);
    await this.page.getByRole('button', { name: 'Choose a folder' }).click();
  }
}
