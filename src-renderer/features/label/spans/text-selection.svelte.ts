/**
 * What is selected in a shown text, as places in it, and a caret that keys move: the page's own selection, so that it looks and
 * copies as anywhere, though the text can't be typed into.
 */

export interface Stretch {
  /** Where the selection began. */
  readonly anchor: number;
  /** Where it ends now; before the anchor where it was drawn backwards. */
  readonly focus: number;
}

export interface CaretPlace {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export class TextSelection {
  #host: HTMLElement | null = null;
  #stretch = $state.raw<Stretch | null>(null);
  #caret = $state.raw<CaretPlace | null>(null);

  /** Null where nothing of the text is selected and no caret stands in it. */
  get stretch(): Stretch | null {
    return this.#stretch;
  }
  /** Where a caret is to be drawn, from the host's corner; null while a stretch is selected. */
  get caret(): CaretPlace | null {
    return this.#caret;
  }

  /** To be attached to the element whose only text nodes are the text. */
  readonly attach = (host: HTMLElement) => {
    this.#host = host;
    const read = () => this.#read();
    document.addEventListener('selectionchange', read);
    const watch = new ResizeObserver(() => this.#placeCaret());
    watch.observe(host);
    return () => {
      document.removeEventListener('selectionchange', read);
      watch.disconnect();
      this.#host = null;
      this.#stretch = null;
    };
  };

  select(anchor: number, focus: number): void {
    if (!this.#host) return;
    const [from, to] = [nodeAt(this.#host, anchor), nodeAt(this.#host, focus)];
    getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
    this.#stretch = { anchor, focus };
    this.#placeCaret();
    const shown = rectOf(to.node, to.offset);
    const room = this.#host.getBoundingClientRect();
    if (shown && (shown.bottom > room.bottom || shown.top < room.top)) {
      this.#host.scrollTop += shown.top < room.top ? shown.top - room.top - 8 : shown.bottom - room.bottom + 8;
    }
  }

  clear(): void {
    this.#stretch = null;
    this.#caret = null;
    if (this.#host?.contains(getSelection()?.anchorNode ?? null)) getSelection()?.removeAllRanges();
  }

  /** The place a line above or below one. @param step −1 or 1 */
  byLine(from: number, step: -1 | 1): number {
    if (!this.#host) return from;
    const start = nodeAt(this.#host, from);
    const rect = rectOf(start.node, start.offset);
    if (!rect) return from;
    const lines = parseFloat(getComputedStyle(start.node.parentElement ?? this.#host).lineHeight) || rect.height;
    const range = document.caretRangeFromPoint(rect.left, rect.top + rect.height / 2 + step * lines);
    if (!range || !this.#host.contains(range.startContainer)) return step < 0 ? 0 : textLength(this.#host);
    return placeOf(this.#host, range.startContainer, range.startOffset);
  }

  /** The beginning or end of the shown line on which a place lies. */
  lineEnd(from: number, step: -1 | 1): number {
    if (!this.#host) return from;
    const start = nodeAt(this.#host, from);
    const rect = rectOf(start.node, start.offset);
    if (!rect) return from;
    const room = this.#host.getBoundingClientRect();
    const padding = parseFloat(getComputedStyle(this.#host).paddingLeft) || 0;
    const x = step < 0 ? room.left + padding + 1 : room.right - padding - 1;
    const range = document.caretRangeFromPoint(x, rect.top + rect.height / 2);
    if (!range || !this.#host.contains(range.startContainer)) return from;
    return placeOf(this.#host, range.startContainer, range.startOffset);
  }

  #read(): void {
    const host = this.#host;
    const selection = getSelection();
    const { anchorNode, focusNode } = selection ?? {};
    // A selection elsewhere leaves this one as it was: the classes beside the text are pressed meanwhile.
    if (!host || !selection || !anchorNode || !focusNode || !host.contains(anchorNode) || !host.contains(focusNode))
      return;
    const anchor = placeOf(host, anchorNode, selection.anchorOffset);
    const focus = placeOf(host, focusNode, selection.focusOffset);
    if (this.#stretch?.anchor !== anchor || this.#stretch.focus !== focus) this.#stretch = { anchor, focus };
    this.#placeCaret();
  }

  #placeCaret(): void {
    const [host, stretch] = [this.#host, this.#stretch];
    this.#caret = null;
    if (!host || !stretch || stretch.anchor !== stretch.focus) return;
    const { node, offset } = nodeAt(host, stretch.focus);
    const rect = rectOf(node, offset);
    const corner = host.getBoundingClientRect();
    if (!rect) return;
    const [x, y] = [rect.left - corner.left + host.scrollLeft, rect.top - corner.top + host.scrollTop];
    this.#caret = { x, y, height: rect.height };
  }
}

function textLength(host: HTMLElement): number {
  return host.textContent.length;
}

/** UTF-16 units from the host's beginning. */
function placeOf(host: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(host, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The text node at a place; at a boundary the one that ends there. */
function nodeAt(host: HTMLElement, place: number): { node: Node; offset: number } {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  let left = place;
  let last: Node = host;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (length === 0) continue;
    if (left <= length) return { node, offset: left };
    left -= length;
    last = node;
  }
  return { node: last, offset: last.nodeValue?.length ?? 0 };
}

/** Where a caret at a place of a node would stand. */
function rectOf(node: Node, offset: number): DOMRect | null {
  const range = document.createRange();
  range.setStart(node, offset);
  const [own] = range.getClientRects();
  if (own) return own;
  // Beside a line's end there is no rectangle: the sign before or after has one.
  const length = node.nodeValue?.length ?? 0;
  if (length === 0) return null;
  range.setStart(node, Math.max(0, offset - 1));
  range.setEnd(node, Math.max(1, offset));
  const rect = range.getBoundingClientRect();
  return new DOMRect(offset === 0 ? rect.left : rect.right, rect.top, 0, rect.height);
}
