/** What keys mean while boxes are drawn. */
import type { Point } from './box-geometry';

export type BoxCommand =
  | { readonly kind: 'nudge'; readonly by: Point; readonly what: 'box' | 'size' }
  | { readonly kind: 'class'; readonly place: number }
  | { readonly kind: 'zoom'; readonly steps: number }
  /** Of what is proposed: the next one, and what is to become of it. */
  | { readonly kind: 'propose'; readonly step: -1 | 1 }
  | { readonly kind: 'take' | 'reject' | 'take-all' }
  | { readonly kind: 'add' | 'draw' | 'snap' | 'remove' | 'escape' | 'nothing' | 'fit' };

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const simple: Readonly<Record<string, BoxCommand>> = {
  n: { kind: 'add' },
  d: { kind: 'draw' },
  s: { kind: 'snap' },
  f: { kind: 'fit' },
  a: { kind: 'take' },
  x: { kind: 'reject' },
  enter: { kind: 'take-all' },
  ' ': { kind: 'take-all' },
  ',': { kind: 'propose', step: -1 },
  '.': { kind: 'propose', step: 1 },
  delete: { kind: 'remove' },
  backspace: { kind: 'remove' },
  escape: { kind: 'escape' },
  '0': { kind: 'nothing' },
  '+': { kind: 'zoom', steps: 1 },
  '=': { kind: 'zoom', steps: 1 },
  '-': { kind: 'zoom', steps: -1 },
};
/** Pixels that an arrow moves with Shift. */
const FAR = 10;

/** Null for keys that mean nothing here. Arrows go by a pixel of the picture, with Shift by ten, with Alt they resize. */
export function boxCommand({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): BoxCommand | null {
  if (ctrlKey || metaKey) return null;
  const arrow = Object.hasOwn(arrows, key) ? arrows[key] : undefined;
  if (arrow) {
    const far = shiftKey ? FAR : 1;
    return { kind: 'nudge', by: { x: arrow.x * far, y: arrow.y * far }, what: altKey ? 'size' : 'box' };
  }
  if (altKey) return null;
  if (/^[1-9]$/.test(key)) return { kind: 'class', place: Number(key) - 1 };
  const name = key.toLowerCase();
  return (Object.hasOwn(simple, name) && simple[name]) || null;
}
