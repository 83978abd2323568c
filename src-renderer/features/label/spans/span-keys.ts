/** What keys mean while a text is marked. */
import type { TextPlaces } from '../span-text';

export type SpanCommand =
  | { readonly kind: 'class'; readonly place: number }
  | { readonly kind: 'stretch'; readonly end: 'start' | 'end'; readonly step: -1 | 1 }
  | { readonly kind: 'choose'; readonly step: -1 | 1 }
  | { readonly kind: 'words' | 'remove' | 'escape' | 'nothing' };

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

const simple: Readonly<Record<string, SpanCommand>> = {
  w: { kind: 'words' },
  delete: { kind: 'remove' },
  backspace: { kind: 'remove' },
  escape: { kind: 'escape' },
  '0': { kind: 'nothing' },
  ',': { kind: 'choose', step: -1 },
  '.': { kind: 'choose', step: 1 },
};

/** Null for keys that mean nothing here. Alt with an arrow moves the end of the chosen mark, with Shift its beginning. */
export function spanCommand({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): SpanCommand | null {
  if (ctrlKey || metaKey) return null;
  if (altKey) {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
    return { kind: 'stretch', end: shiftKey ? 'start' : 'end', step: key === 'ArrowLeft' ? -1 : 1 };
  }
  if (/^[1-9]$/.test(key)) return { kind: 'class', place: Number(key) - 1 };
  const name = key.toLowerCase();
  return (Object.hasOwn(simple, name) && simple[name]) || null;
}

/** Where a key takes the caret: arrows by sign and line, with Ctrl by word; Home and End, with Ctrl to the text's. Null for other keys. */
export function caretTo(
  { key, altKey, ctrlKey, metaKey }: Key,
  from: number,
  places: TextPlaces,
  length: number,
  lines: { byLine(from: number, step: -1 | 1): number; lineEnd(from: number, step: -1 | 1): number },
): number | null {
  if (altKey) return null;
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowLeft':
      return far ? places.byWord(from, -1) : places.byCharacter(from, -1);
    case 'ArrowRight':
      return far ? places.byWord(from, 1) : places.byCharacter(from, 1);
    case 'ArrowUp':
      return far ? null : lines.byLine(from, -1);
    case 'ArrowDown':
      return far ? null : lines.byLine(from, 1);
    case 'Home':
      return far ? 0 : lines.lineEnd(from, -1);
    case 'End':
      return far ? length : lines.lineEnd(from, 1);
    default:
      return null;
  }
}
