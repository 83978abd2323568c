/**
 * Marked stretches of a text, cut into pieces that can be drawn: where marks overlap, each keeps a line of its own, so that
 * none hides another. Places are UTF-16 units, as in JavaScript's strings.
 */
import { spanSchema, type Span } from '../../../src-main/contract';

const spansSchema = spanSchema.array();

/** A cell's marks as they stand in it; null where nobody has looked, or the cell holds something else. */
export function spansOf(value: unknown): Span[] | null {
  if (typeof value !== 'string') return null;
  try {
    const parsed = spansSchema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether a mark lies in the text and cuts no character in two: after an edit of the text it may not. */
export function fitsText({ start, end }: Span, text: string): boolean {
  return end <= text.length && !cutsCharacter(text, start) && !cutsCharacter(text, end);
}

/** Whether a place lies between the two halves of a surrogate pair. */
export function cutsCharacter(text: string, place: number): boolean {
  const before = text.charCodeAt(place - 1);
  const after = text.charCodeAt(place);
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}

/** What tells two marks apart. */
export function spanKey({ start, end, label }: Span): string {
  return `${start} ${end} ${label}`;
}

/**
 * Whether each mark may no longer say what it said, because the text under it was changed afterwards.
 * @param before the marks that were made on `textBefore`.
 */
export function doubtfulSpans(
  spans: readonly Span[],
  text: string,
  before: readonly Span[],
  textBefore: string,
): boolean[] {
  const old = new Set(before.map(spanKey));
  return spans.map((span) => {
    const isOther = text.slice(span.start, span.end) !== textBefore.slice(span.start, span.end);
    return !fitsText(span, text) || (old.has(spanKey(span)) && isOther);
  });
}

/** A mark over a piece of text. */
export interface PieceMark {
  /** The mark's place in the list. */
  readonly index: number;
  readonly label: string;
  /** The line under the text on which it is drawn, from 0. */
  readonly level: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** By level. */
  readonly marks: readonly PieceMark[];
}

export interface PiecedText {
  /** All of the text, in order. */
  readonly pieces: readonly Piece[];
  /** How many lines of marks lie under it at most. */
  readonly levels: number;
  /** Places in the list of marks that do not fit the text. */
  readonly unfit: readonly number[];
}

/** Cuts a text at every mark's ends. Time grows with marks and text, not with their product, unless all overlap. */
export function pieceText(text: string, spans: readonly Span[]): PiecedText {
  const fitting = spans
    .map((span, index) => ({ ...span, index }))
    .filter((span) => fitsText(span, text))
    .sort((one, other) => one.start - other.start || other.end - one.end || one.index - other.index);
  const { placed, levels } = placeOnLevels(fitting);
  const cuts = [...new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])];
  cuts.sort((one, other) => one - other);
  const pieces: Piece[] = [];
  let open: typeof placed = [];
  let next = 0;
  for (const [place, start] of cuts.entries()) {
    const end = cuts[place + 1];
    if (end === undefined) break;
    open = open.filter((span) => span.end > start);
    for (let span = placed[next]; span && span.start === start; span = placed[next]) {
      open.push(span);
      next += 1;
    }
    const marks = open
      .map((span) => {
        const { index, label, level } = span;
        return { index, label, level, isFirst: span.start === start, isLast: span.end === end };
      })
      .sort((one, other) => one.level - other.level);
    pieces.push({ start, end, text: text.slice(start, end), marks });
  }
  const fit = new Set(fitting.map(({ index }) => index));
  return { pieces, levels, unfit: [...spans.keys()].filter((index) => !fit.has(index)) };
}

/** Each mark on the lowest line that is free where it begins; the longer of two lies above. */
function placeOnLevels<Marked extends Span>(ordered: readonly Marked[]) {
  const ends: number[] = [];
  const placed = ordered.map((span) => {
    const free = ends.findIndex((end) => end <= span.start);
    const level = free < 0 ? ends.length : free;
    ends[level] = span.end;
    return { ...span, level };
  });
  return { placed, levels: ends.length };
}

/** Marks around a place, the shortest first: a click means the innermost. */
export function spansAt(spans: readonly Span[], place: number): number[] {
  return spans
    .map(({ start, end }, index) => ({ index, start, end }))
    .filter(({ start, end }) => start <= place && place < end)
    .sort((one, other) => one.end - one.start - (other.end - other.start) || one.index - other.index)
    .map(({ index }) => index);
}

/** Words and signs of a text in any language, each with its place; Chinese is cut into words by the system's dictionary. */
export class TextPlaces {
  readonly #text: string;
  readonly #words: readonly { readonly start: number; readonly end: number }[];
  readonly #graphemes: readonly number[];

  constructor(text: string, locale: string) {
    this.#text = text;
    const words = new Intl.Segmenter(locale, { granularity: 'word' }).segment(text);
    this.#words = Array.from(words)
      .filter(({ isWordLike }) => isWordLike)
      .map(({ index, segment }) => ({ start: index, end: index + segment.length }));
    const graphemes = new Intl.Segmenter(locale, { granularity: 'grapheme' }).segment(text);
    this.#graphemes = [...Array.from(graphemes, ({ index }) => index), text.length];
  }

  /** The next place at which a character as people see it begins; `step` −1 or 1. */
  byCharacter(from: number, step: -1 | 1): number {
    const at = lowerBound(this.#graphemes, from);
    const isExact = this.#graphemes[at] === from;
    const place = step < 0 ? at - 1 : isExact ? at + 1 : at;
    return this.#graphemes[Math.max(0, Math.min(this.#graphemes.length - 1, place))] ?? 0;
  }

  /** The beginning of the word before, or the end of the word after. */
  byWord(from: number, step: -1 | 1): number {
    return this.wordEdge(from, step, step < 0 ? 'start' : 'end');
  }

  /** The nearest beginning or end of a word before or after a place; the text's own where there is none. */
  wordEdge(from: number, step: -1 | 1, edge: 'start' | 'end'): number {
    if (step > 0) return this.#words.find((word) => word[edge] > from)?.[edge] ?? this.#text.length;
    return this.#words.findLast((word) => word[edge] < from)?.[edge] ?? 0;
  }

  /**
   * A stretch as a person means it: spaces at its ends taken away, and grown to whole words where an end lies within one.
   * @param byCharacter leaves words cut, but never a character.
   * @returns null where nothing is left.
   */
  snap(from: number, to: number, byCharacter = false): { start: number; end: number } | null {
    let [start, end] = [Math.min(from, to), Math.max(from, to)];
    while (start < end && isBlank(this.#text[start])) start += 1;
    while (end > start && isBlank(this.#text[end - 1])) end -= 1;
    if (start >= end) return null;
    start = this.#graphemes[lowerBound(this.#graphemes, start + 1) - 1] ?? start;
    end = this.#graphemes[lowerBound(this.#graphemes, end)] ?? end;
    if (byCharacter) return { start, end };
    const within = (place: number) => this.#words.find((word) => word.start < place && place < word.end);
    return { start: within(start)?.start ?? start, end: within(end)?.end ?? end };
  }
}

function isBlank(unit: string | undefined): boolean {
  return unit !== undefined && /\s/.test(unit);
}

/** The first place of an ascending list whose value is at least `value`. */
function lowerBound(values: readonly number[], value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
