/** Where a text holds what was searched for, as the search itself finds it: without case, blanks at its ends left out. */

export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A text in parts that join to it again; one part where nothing is found. */
export function highlight(text: string, search: string): TextPart[] {
  const words = search.trim();
  if (words === '') return [{ text, isHit: false }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(patternOf(words))) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isHit: false });
    parts.push({ text: match[0], isHit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), isHit: false });
  return parts;
}

/** Characters that a cell of the table has room for, and those that stand before a hit that lies further behind. */
const LONGEST = 160;
const BEFORE = 12;

/** What a cell shows of a long text: its beginning, or from shortly before the first hit where that would not be seen. */
export function excerpt(text: string, search: string, visible = 24): string {
  const words = search.trim();
  const hit = words === '' ? -1 : text.search(patternOf(words));
  const start = hit + words.length > visible ? Math.max(0, hit - BEFORE) : 0;
  const shown = text.slice(start, start + LONGEST);
  return start > 0 ? `…${shown}` : shown;
}

function patternOf(words: string): RegExp {
  return new RegExp(words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
}
