/** The whole way with handwritten digits, from Home to a prediction, by keys alone: what cannot be reached by them fails here. */
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from '../fixtures/app';

/** Tab presses that any control of a screen must be within. */
const reach = 60;

/** Whether a line is drawn around what has the focus, or around the cell that is active in it. */
function showsFocus(element: Element): boolean {
  const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
  return [element, active].some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
}

/** Presses Tab until the control has the focus, and sees that the focus shows. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < reach; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) {
      expect(await control.evaluate(showsFocus)).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Not reached within ${reach} presses of Tab: ${control}`);
}

async function tabAndEnter(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

test('from Home to a prediction without a mouse', async ({ tandem, page }) => {
  test.setTimeout(240_000);
  const main = page.getByRole('main');

  await test.step('the skip link leads past the frame, and a sample opens', async () => {
    await tabAndEnter(page, page.getByRole('button', { name: /^Skip/ }));
    await expect(main).toBeFocused();
    await tabAndEnter(page, page.getByRole('button', { name: 'Start with Handwritten digits' }));
    await expect(page.getByRole('heading', { name: 'Handwritten digits', level: 1 })).toBeVisible({ timeout: 90_000 });
  });

  await test.step('a picture is chosen by arrows', async () => {
    const pictures = page.getByRole('grid', { name: 'Pictures' });
    await expect(pictures.getByRole('gridcell').nth(1)).toBeVisible();
    await tabTo(page, pictures);
    await page.keyboard.press('ArrowRight');
    await expect(pictures.getByRole('gridcell', { selected: true })).toHaveAccessibleName(/^Row 2: /);
    await expect(page.getByRole('complementary')).toContainText('Pixel values');
  });

  await test.step('one epoch is set', async () => {
    await page.keyboard.press('Control+2');
    await tabTo(page, page.getByRole('tab', { name: 'Layers' }));
    await page.keyboard.press('ArrowRight');
    const epochs = main.getByRole('textbox', { name: 'Epochs', exact: true });
    await tabTo(page, epochs);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await expect(epochs).toHaveValue('1');
  });

  await test.step('it trains', async () => {
    await page.keyboard.press('Control+3');
    await page.keyboard.press('Control+Enter');
    await expect(main.getByText('Finished', { exact: true })).toBeVisible({ timeout: 150_000 });
  });

  await test.step('a test picture is answered', async () => {
    await tabAndEnter(page, main.getByRole('button', { name: 'Test this model' }));
    await tabAndEnter(page, page.getByRole('region', { name: 'Input' }).getByRole('button', { name: 'Test rows' }));
    const rows = main.getByRole('list', { name: 'Test rows' }).getByRole('button');
    await tabTo(page, rows.first());
    await page.keyboard.press('ArrowRight');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText(/\d% sure/, { timeout: 60_000 });
  });
  expect(tandem.complaints).toEqual([]);
});
