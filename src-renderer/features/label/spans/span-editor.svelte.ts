/** The marks of one text while they are made and changed: each change is one edit. Places are UTF-16 units. */
import type { Span } from '../../../../src-main/contract';
import { OwnValue } from '../own-value.svelte';
import { doubtfulSpans, spanKey, spansAt, spansOf, type TextPlaces } from '../span-text';

/** The cell that is edited, read anew at every use. */
export interface SpanCell {
  readonly value: string | null;
  readonly text: string;
  /** The text as it was when the marks in the version were made. */
  readonly textBefore: string;
  /** The cell as it stands in the version. */
  readonly valueBefore: string | null;
  readonly set: (value: string | null) => Promise<boolean>;
}

export class SpanEditor {
  readonly #cell: () => SpanCell;
  readonly #own: OwnValue<readonly Span[] | null>;
  #chosen = $state(-1);
  wholeWords = $state(true);

  constructor(cell: () => SpanCell) {
    this.#cell = cell;
    this.#own = new OwnValue(
      () => cell().value,
      (text) => cell().set(text),
    );
  }

  /** Null where nobody has looked yet. */
  readonly known = $derived.by(() => (this.#own.current ? this.#own.current.value : spansOf(this.#cell().value)));
  readonly spans = $derived(this.known ?? []);
  readonly chosen = $derived(this.#chosen < this.spans.length ? this.#chosen : -1);
  /** Whether each mark still says what it said: not where the text under it was changed afterwards. */
  readonly doubtful = $derived.by(() => {
    const { text, textBefore, valueBefore } = this.#cell();
    return doubtfulSpans(this.spans, text, text === textBefore ? [] : (spansOf(valueBefore) ?? []), textBefore);
  });

  choose(place: number): void {
    this.#chosen = place;
  }

  /** A click: the innermost mark there; clicked again, the one around it. @returns whether there is one */
  pick(place: number): boolean {
    const found = spansAt(this.spans, place);
    const at = found.indexOf(this.chosen);
    this.#chosen = found[(at + 1) % Math.max(1, found.length)] ?? -1;
    return this.#chosen >= 0;
  }

  /** Marks a stretch, grown to whole words unless that is off. @returns where it lies; null for nothing but spaces */
  mark(from: number, to: number, label: string, places: TextPlaces): Span | null {
    const stretch = places.snap(from, to, !this.wholeWords);
    if (!stretch) return null;
    const made = { ...stretch, label };
    const known = this.spans.findIndex((span) => spanKey(span) === spanKey(made));
    if (known < 0) void this.#set([...this.spans, made]);
    this.#chosen = known < 0 ? this.spans.length - 1 : known;
    return made;
  }

  /** Gives the chosen mark a class. @returns whether one is chosen */
  classify(label: string): boolean {
    const span = this.spans[this.chosen];
    if (!span) return false;
    if (span.label !== label) this.#change({ ...span, label });
    return true;
  }

  /** Moves one end of the chosen mark by a word, or by a sign where words may be cut. @returns whether one is chosen */
  stretch(end: 'start' | 'end', step: -1 | 1, places: TextPlaces): boolean {
    const span = this.spans[this.chosen];
    if (!span) return false;
    const from = span[end];
    const to = this.wholeWords ? places.wordEdge(from, step, end) : places.byCharacter(from, step);
    const next = { ...span, [end]: to };
    if (next.end > next.start) this.#change(next);
    return true;
  }

  /** @returns whether a mark was chosen */
  remove(): boolean {
    const place = this.chosen;
    if (place < 0) return false;
    const rest = this.spans.filter((_, at) => at !== place);
    void this.#set(rest);
    this.#chosen = Math.min(place, rest.length - 1);
    return true;
  }

  /** Says that there is nothing (an empty list), or that nobody has looked (null). */
  setAll(spans: readonly Span[] | null): void {
    this.#chosen = -1;
    void this.#set(spans);
  }

  /** To be called whenever the cell changes. */
  settle(): void {
    this.#own.settle();
  }

  /** For another row. */
  reset(): void {
    this.#own.reset();
    this.#chosen = -1;
  }

  #change(span: Span): void {
    const place = this.chosen;
    void this.#set(this.spans.map((each, at) => (at === place ? span : each)));
  }

  #set(spans: readonly Span[] | null): Promise<void> {
    return this.#own.set(spans === null ? null : JSON.stringify(spans), spans);
  }
}
