/** The keys of classes: the digits first, then the letters that mean nothing else on the Label tab. */

/** Without U (undo), P (play) and N (new class). */
const keys = [...'1234567890qwertyioasdfghjklzxcvbm'];

/** The key of each class as it is shown, null for those that have none. A class that is a digit has that digit. */
export function classKeys(classes: readonly string[]): (string | null)[] {
  const digits = new Set(classes.filter((label) => /^[0-9]$/.test(label)));
  const rest = keys.filter((key) => !digits.has(key));
  return classes.map((label) => (digits.has(label) ? label : (rest.shift()?.toUpperCase() ?? null)));
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** The class that a pressed key means; null for another key, and with Ctrl, Alt or Command held. */
export function classOfKey({ key, ctrlKey, altKey, metaKey }: Pressed, classes: readonly string[]): string | null {
  if (ctrlKey || altKey || metaKey) return null;
  const place = classKeys(classes).indexOf(key.toUpperCase());
  return classes[place] ?? null;
}

/** Names as a person lists them, one a line or with commas between, each once. */
export function classesOfText(text: string): string[] {
  const names = text.split(/[\n,，、;；]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
