/** Texts as words and characters, in every script, the same on every machine: no dictionary of the system is asked. */

/**
 * A run of letters, digits and underscores; each sign of a script that is written without spaces (Chinese, Japanese) by
 * itself; an emoji with what belongs to it.
 */
const word =
  /\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}_])+/gu;

/** Characters as people see them written in different ways become one (Unicode NFC); without case where asked. */
export function normalize(text: string, lowercase: boolean): string {
  const composed = text.normalize('NFC');
  return lowercase ? composed.toLowerCase() : composed;
}

/** One sign of punctuation or another symbol, or a word. */
const wordOrSign = new RegExp(`${word.source}|[\\p{P}\\p{S}]`, 'gu');

/** Spaces are left out, and punctuation unless it is asked for: each sign by itself. */
export function wordsOf(text: string, punctuation = false): string[] {
  return text.match(punctuation ? wordOrSign : word) ?? [];
}

/** Code points; runs of spaces become one. */
export function charactersOf(text: string): string[] {
  return Array.from(text.trim().replace(/\s+/gu, ' '));
}
