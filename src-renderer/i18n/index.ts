/** The words of the window: messages, texts of the catalog in the chosen language, and figures as that language writes them. */
import {
  describeError,
  fill,
  toWireError,
  type Text,
  type TextParameters,
  type WireError,
} from '../../src-main/contract';
import { locale } from './locale.svelte';

export { m } from './generated/messages';
export { locale } from './locale.svelte';
export * from './format';

/** A text of the catalog or the error table in the chosen language. */
export function text(words: Text, parameters: TextParameters = {}): string {
  return fill(words, locale.current, parameters);
}

/** Message and hint of anything that was thrown or came over the wire. */
export function errorWords(error: unknown): { message: string; hint: string } {
  return describeError(isWireError(error) ? error : toWireError(error), locale.current);
}

function isWireError(error: unknown): error is WireError {
  return (
    typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error && 'parameters' in error
  );
}
