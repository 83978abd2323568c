/**
 * Proposes marks in texts from those that were made already: words that were marked in other texts are marked again where they
 * were so at least half of the times they occur there. A text's own marks never count for it, so that what is said of texts
 * with marks holds for texts without.
 */
import { spanSchema, type Span } from '../../contract';

export interface MarkedText {
  readonly text: string;
  /** Null where nobody has looked. */
  readonly spans: readonly Span[] | null;
}

export interface ProposedMark extends Span {
  /** Times the words were marked so in other texts, and times that they occur there. */
  readonly marked: number;
  readonly seen: number;
}

/** Marked less often than this share of their occurrences, words are not proposed. */
const LEAST_SHARE = 0.5;
const LONGEST = 200;

/** By words and class: times marked so. By words: times seen, in texts that somebody looked at. */
interface Counts {
  readonly marked: Map<string, Map<string, number>>;
  readonly seen: Map<string, number>;
}

export class MarkedWords {
  readonly #all: Counts;
  readonly #byStart: ReadonlyMap<string, readonly string[]>;

  constructor(texts: readonly MarkedText[]) {
    const marked = countMarks(texts);
    this.#byStart = longestByStart([...marked.keys()]);
    const seen = new Map<string, number>();
    for (const { text, spans } of texts) if (spans) add(seen, this.#occurrences(text));
    this.#all = { marked, seen };
  }

  /** Marks for a text that nobody has looked at, or for one as if nobody had. Longer words come before those within them. */
  propose({ text, spans }: MarkedText): ProposedMark[] {
    const own = spans ? { marked: countMarks([{ text, spans }]), seen: new Map<string, number>() } : null;
    if (own) add(own.seen, this.#occurrences(text));
    const proposed: ProposedMark[] = [];
    for (let at = 0; at < text.length; at += 1) {
      const best = this.#startsAt(text, at)
        .map((words) => this.#answer(words, own))
        .find((answer) => answer !== null);
      if (!best) continue;
      proposed.push({
        start: at,
        end: at + best.words.length,
        label: best.label,
        marked: best.marked,
        seen: best.seen,
      });
      at += best.words.length - 1;
    }
    return proposed;
  }

  /** The class that words were marked with most often outside of a text; null where they mostly were not. */
  #answer(words: string, own: Counts | null) {
    const seen = (this.#all.seen.get(words) ?? 0) - (own?.seen.get(words) ?? 0);
    let best: { words: string; label: string; marked: number; seen: number } | null = null;
    for (const [label, count] of this.#all.marked.get(words) ?? []) {
      const marked = count - (own?.marked.get(words)?.get(label) ?? 0);
      if (marked > 0 && marked / seen >= LEAST_SHARE && marked > (best?.marked ?? 0))
        best = { words, label, marked, seen };
    }
    return best;
  }

  #startsAt(text: string, at: number): readonly string[] {
    const known = this.#byStart.get(text.charAt(at)) ?? [];
    return known.filter((words) => text.startsWith(words, at) && isWhole(text, at, at + words.length));
  }

  #occurrences(text: string): string[] {
    return Array.from({ length: text.length }, (_, at) => this.#startsAt(text, at)).flat();
  }
}

/** How many proposed marks are among those that a person made, in place and class. */
export function rightMarks(proposed: readonly Span[], spans: readonly Span[]): number {
  const known = new Set(spans.map(keyOf));
  return proposed.filter((mark) => known.has(keyOf(mark))).length;
}

/** The share of times that the words of all its marks were marked so, one with another; 1 more of each, as few say little. */
export function sureness(marks: readonly ProposedMark[]): number {
  return marks.reduce((product, { marked, seen }) => product * ((marked + 1) / (Math.max(marked, seen) + 2)), 1);
}

/** @returns null for no list of marks. */
export function marksOf(cell: string | null): Span[] | null {
  if (cell === null) return null;
  try {
    return spanSchema.array().safeParse(JSON.parse(cell)).data ?? null;
  } catch {
    return null;
  }
}

function keyOf({ start, end, label }: Span): string {
  return `${start} ${end} ${label}`;
}

function countMarks(texts: readonly MarkedText[]): Counts['marked'] {
  const marked: Counts['marked'] = new Map();
  for (const { text, spans } of texts) {
    for (const { start, end, label } of spans ?? []) {
      const words = text.slice(start, end);
      if (words.trim() === '' || words.length > LONGEST) continue;
      const labels = marked.get(words) ?? new Map<string, number>();
      marked.set(words, labels.set(label, (labels.get(label) ?? 0) + 1));
    }
  }
  return marked;
}

function add(counts: Map<string, number>, words: readonly string[]): void {
  for (const one of words) counts.set(one, (counts.get(one) ?? 0) + 1);
}

function longestByStart(words: readonly string[]): Map<string, string[]> {
  const byStart = new Map<string, string[]>();
  for (const one of [...words].sort((first, second) => second.length - first.length)) {
    const start = one.charAt(0);
    byStart.set(start, [...(byStart.get(start) ?? []), one]);
  }
  return byStart;
}

/** Scripts that put no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const letter = /[\p{L}\p{N}]/u;

/** Whether neither end cuts a word. */
function isWhole(text: string, start: number, end: number): boolean {
  const cuts = (place: number) => {
    const [before, after] = [text.charAt(place - 1), text.charAt(place)];
    return letter.test(before) && letter.test(after) && !unspaced.test(before) && !unspaced.test(after);
  };
  return !cuts(start) && !cuts(end);
}
