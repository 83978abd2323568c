/** What the path of a search's parameter says (contract/searches.ts), read and written in one place. */
import { CodedError } from '../../contract';

export type SearchPath =
  | { readonly kind: 'setting'; readonly name: string }
  | { readonly kind: 'loss' }
  | { readonly kind: 'optimizer' | 'schedule' }
  | { readonly kind: 'optimizer-field' | 'schedule-field'; readonly field: string }
  | { readonly kind: 'augmentation'; readonly type: string }
  | { readonly kind: 'augmentation-field'; readonly type: string; readonly field: string }
  | { readonly kind: 'layer-repeat'; readonly layer: string }
  | { readonly kind: 'layer-field'; readonly layer: string; readonly field: string }
  /** `place` counts from 1. */
  | { readonly kind: 'step-field'; readonly column: string; readonly place: number; readonly field: string };

/** Names of layers, types and fields hold no dot; a column's name may. */
const forms: readonly (readonly [RegExp, (parts: readonly string[]) => SearchPath])[] = [
  [/^settings\.(.+)$/, ([name = '']) => ({ kind: 'setting', name })],
  [/^loss$/, () => ({ kind: 'loss' })],
  [/^optimizer$/, () => ({ kind: 'optimizer' })],
  [/^optimizer\.([^.]+)$/, ([field = '']) => ({ kind: 'optimizer-field', field })],
  [/^schedule$/, () => ({ kind: 'schedule' })],
  [/^schedule\.([^.]+)$/, ([field = '']) => ({ kind: 'schedule-field', field })],
  [/^augmentation\.([^.]+)$/, ([type = '']) => ({ kind: 'augmentation', type })],
  [/^augmentation\.([^.]+)\.([^.]+)$/, ([type = '', field = '']) => ({ kind: 'augmentation-field', type, field })],
  [/^layer\.([^.#]+)#repeat$/, ([layer = '']) => ({ kind: 'layer-repeat', layer })],
  [/^layer\.([^.#]+)\.([^.]+)$/, ([layer = '', field = '']) => ({ kind: 'layer-field', layer, field })],
  [
    /^step\.(.+)\.(\d+)\.([^.]+)$/,
    ([column = '', place = '', field = '']) => ({ kind: 'step-field', column, place: Number(place), field }),
  ],
];

/** @returns null for what is no path. */
export function readPath(path: string): SearchPath | null {
  for (const [form, read] of forms) {
    const found = form.exec(path);
    if (found) return read(found.slice(1));
  }
  return null;
}

export function invalidPath(field: string, detail: string): CodedError {
  return new CodedError('field-invalid', { where: 'Search', field, detail });
}
