/** The keys of classes: the digits first, then the letters that mean nothing else on the Label tab. */

/** Without U (undo), P (play) and N (new class). */
const keys = '1234567890qwertyioasdfghjklzxcvbm';

/** The key of the class at a place, as it is shown; null for those that have none. */
export function classKey(place: number): string | null {
  return keys[place]?.toUpperCase() ?? null;
}

/** The place of the class that a pressed key means; null for another key, and with Ctrl, Alt or Command held. */
export function classPlace({
  key,
  ctrlKey,
  altKey,
  metaKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): number | null {
  if (ctrlKey || altKey || metaKey || key.length !== 1) return null;
  const place = keys.indexOf(key.toLowerCase());
  return place < 0 ? null : place;
}

/** The class that a pressed key means. */
export function classOfKey(event: KeyboardEvent, classes: readonly string[]): string | null {
  const place = classPlace(event);
  return place === null ? null : (classes[place] ?? null);
}

/** Names as a person lists them, one a line or with commas between, each once. */
export function classesOfText(text: string): string[] {
  const names = text.split(/[\n,，、;；]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
