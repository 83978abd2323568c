/**
 * The boxes of one row while they are drawn: what is chosen, what a gesture makes of it meanwhile, and one edit when it ends.
 * Knows neither pointers nor keys; points and distances are in pixels of the original picture.
 */
import type { PictureSize } from '../../../../src-main/catalog';
import { boxSchema, type Box } from '../../../../src-main/contract';
import { OwnValue } from '../own-value.svelte';
import {
  boxesAt,
  boxOf,
  drawn,
  edgesOf,
  guidesOf,
  handleAt,
  moved,
  nextAt,
  noGuides,
  resized,
  type Bounds,
  type Edges,
  type Guides,
  type Handle,
  type Placed,
  type Point,
} from './box-geometry';

/** The cell that is edited, read anew at every use. */
export interface BoxCell {
  readonly value: string | null;
  readonly picture: PictureSize;
  /** The class of a new box. */
  readonly label: string;
  readonly set: (value: string | null) => Promise<boolean>;
}

type Gesture =
  | { readonly kind: 'draw'; readonly from: Point }
  | {
      readonly kind: 'move';
      readonly place: number;
      readonly from: Point;
      readonly edges: Edges;
      /** What is chosen if it stays a click. */
      readonly click: number;
    }
  | {
      readonly kind: 'resize';
      readonly place: number;
      readonly from: Point;
      readonly edges: Edges;
      readonly handle: Handle;
    };

const boxesSchema = boxSchema.array();

export function parseBoxes(value: string | null): readonly Box[] | null {
  if (value === null) return null;
  try {
    return boxesSchema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}

export class BoxEditor {
  readonly #cell: () => BoxCell;
  readonly #own: OwnValue<readonly Box[] | null>;
  #chosen = $state(-1);
  #draft = $state.raw<{ readonly place: number; readonly placed: Placed } | null>(null);
  #gesture: Gesture | null = null;
  /** The next drag draws, whatever lies under it. */
  drawing = $state(false);
  snaps = $state(true);

  constructor(cell: () => BoxCell) {
    this.#cell = cell;
    this.#own = new OwnValue(
      () => cell().value,
      (text) => cell().set(text),
    );
  }

  /** Null where nobody has looked yet. */
  readonly known = $derived.by(() => (this.#own.current ? this.#own.current.value : parseBoxes(this.#cell().value)));
  readonly boxes = $derived(this.known ?? []);
  /** Where each box lies at this moment, one being drawn last. */
  readonly shown = $derived.by(() => {
    const { picture, label } = this.#cell();
    const all = this.boxes.map((box) => ({ label: box.label, edges: edgesOf(box, picture) }));
    if (!this.#draft) return all;
    const { place, placed } = this.#draft;
    all[place] = { label: all[place]?.label ?? label, edges: placed.edges };
    return all;
  });
  /** Place of the chosen box; −1 for none. */
  readonly chosen = $derived(this.#chosen < this.shown.length ? this.#chosen : -1);

  /** The guides on which a gesture lies at this moment. */
  get on(): Guides {
    return this.#draft?.placed.on ?? noGuides;
  }

  /** What the pointer would take hold of. */
  aim(point: Point, reach: number): Handle | 'move' | 'draw' {
    if (this.drawing) return 'draw';
    const chosen = this.shown[this.chosen];
    const handle = chosen ? handleAt(chosen.edges, point, reach) : null;
    return handle ?? (boxesAt(this.#edges(), point, 0).length > 0 ? 'move' : 'draw');
  }

  /** A pointer goes down. @param reach how near counts as meeting. */
  begin(from: Point, reach: number): void {
    this.finish();
    const chosen = this.shown[this.chosen];
    const handle = chosen && !this.drawing ? handleAt(chosen.edges, from, reach) : null;
    if (chosen && handle) {
      this.#gesture = { kind: 'resize', place: this.chosen, from, edges: chosen.edges, handle };
      return;
    }
    const found = this.drawing ? [] : boxesAt(this.#edges(), from, 0);
    const isOn = found.includes(this.chosen);
    const place = isOn ? this.chosen : (found[0] ?? -1);
    const edges = this.shown[place]?.edges;
    if (edges) this.#gesture = { kind: 'move', place, from, edges, click: isOn ? nextAt(found, place) : place };
    else this.#gesture = { kind: 'draw', from };
    this.#chosen = place;
  }

  /** @param reach how near an edge must come to snap; 0 for not at all. */
  drag(to: Point, reach: number): void {
    const gesture = this.#gesture;
    if (!gesture) return;
    if (gesture.kind === 'draw') {
      const place = this.boxes.length;
      this.#draft = { place, placed: drawn(gesture.from, to, this.#bounds(place, reach)) };
      this.#chosen = place;
      return;
    }
    const { place, from, edges } = gesture;
    const by = { x: to.x - from.x, y: to.y - from.y };
    const bounds = this.#bounds(place, reach);
    const placed = gesture.kind === 'move' ? moved(edges, by, bounds) : resized(edges, gesture.handle, by, bounds);
    this.#draft = { place, placed };
  }

  /** The pointer goes up, or the key: what was made is set, as one edit. A click chooses. */
  finish(): void {
    const gesture = this.#gesture;
    const draft = this.#draft;
    this.#gesture = null;
    this.#draft = null;
    if (draft) {
      this.drawing = false;
      this.#put(draft.place, draft.placed.edges);
    } else if (gesture?.kind === 'move') this.#chosen = gesture.click;
    else if (gesture?.kind === 'draw') this.#chosen = -1;
  }

  /** Gives a gesture up; where there is none, the mode, then the choice. @returns whether there was anything */
  escape(): boolean {
    const had = this.#gesture !== null || this.#draft !== null || this.drawing || this.chosen >= 0;
    if (this.#gesture || this.#draft) {
      if (this.#draft && this.#draft.place >= this.boxes.length) this.#chosen = -1;
      this.#gesture = null;
      this.#draft = null;
    } else if (this.drawing) this.drawing = false;
    else this.#chosen = -1;
    return had;
  }

  choose(place: number): void {
    if (place !== this.chosen) this.finish();
    this.#chosen = place;
  }

  /** Moves the chosen box, or its right and lower edges; set by `finish`. @returns whether one is chosen */
  nudge(by: Point, what: 'box' | 'size'): boolean {
    const place = this.chosen;
    const edges = this.shown[place]?.edges;
    if (!edges) return false;
    const bounds = this.#bounds(place, 0);
    // Only the edges of the key's direction are touched, so that the others keep their fractions.
    const handle = by.x === 0 ? 's' : 'e';
    this.#draft = { place, placed: what === 'box' ? moved(edges, by, bounds) : resized(edges, handle, by, bounds) };
    return true;
  }

  /** A box of the whole of an area, chosen, to be moved on from there. */
  add(area: Edges): void {
    this.finish();
    const place = this.boxes.length;
    const corner = { x: area.right, y: area.bottom };
    this.#put(place, drawn({ x: area.left, y: area.top }, corner, this.#bounds(place, 0)).edges);
  }

  /** Boxes as they are, the last one chosen: one edit. */
  append(boxes: readonly Box[]): void {
    this.finish();
    if (boxes.length === 0) return;
    const all = [...this.boxes, ...boxes];
    void this.#set(all);
    this.#chosen = all.length - 1;
  }

  /** Removes the chosen box; the next one is chosen. @returns whether one was */
  remove(): boolean {
    this.escapeDraft();
    const place = this.chosen;
    if (place < 0) return false;
    const rest = this.boxes.filter((_, at) => at !== place);
    void this.#set(rest);
    this.#chosen = Math.min(place, rest.length - 1);
    return true;
  }

  /** Gives the chosen box a class. @returns whether one is chosen */
  classify(label: string): boolean {
    this.finish();
    const box = this.boxes[this.chosen];
    if (!box) return false;
    const place = this.chosen;
    if (box.label !== label) void this.#set(this.boxes.map((each, at) => (at === place ? { ...each, label } : each)));
    return true;
  }

  /** Says that there is nothing (an empty list), or that nobody has looked (null). */
  setAll(boxes: readonly Box[] | null): void {
    this.escapeDraft();
    this.#chosen = -1;
    void this.#set(boxes);
  }

  /** To be called whenever the cell changes. */
  settle(): void {
    this.#own.settle();
  }

  /** For another row. */
  reset(): void {
    this.escapeDraft();
    this.#own.reset();
    this.#chosen = -1;
  }

  escapeDraft(): void {
    this.#gesture = null;
    this.#draft = null;
  }

  #edges(): Edges[] {
    return this.shown.map(({ edges }) => edges);
  }

  #bounds(place: number, reach: number): Bounds {
    const { picture } = this.#cell();
    return { picture, reach, guides: reach > 0 ? guidesOf(this.#edges(), place, picture) : noGuides };
  }

  #put(place: number, edges: Edges): void {
    const { picture, label } = this.#cell();
    const next = [...this.boxes];
    next[place] = boxOf(this.boxes[place]?.label ?? label, edges, picture);
    void this.#set(next);
    this.#chosen = place;
  }

  #set(boxes: readonly Box[] | null): Promise<void> {
    return this.#own.set(boxes === null ? null : JSON.stringify(boxes), boxes);
  }
}
