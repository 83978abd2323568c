/** What of the curves is looked at, and how: one for all charts that lie side by side, so that they stay comparable. */
import type { Range } from './decimate';

export class Viewport {
  #range = $state.raw<Range | null>(null);
  logarithmic = $state(false);
  /** Weight of the smoothed line, from 0 (none) to below 1. */
  smoothing = $state(0);

  /** The part of the horizontal axis in view; null for all of it. */
  get range(): Range | null {
    return this.#range;
  }

  /** @param whole what there is to see: a range as wide shows all, also of what is still to come. */
  show({ from, to }: Range, whole: Range): void {
    const [start, end] = [Math.max(from, whole.from), Math.min(to, whole.to)];
    this.#range = end <= start || (start <= whole.from && end >= whole.to) ? null : { from: start, to: end };
  }

  showAll(): void {
    this.#range = null;
  }

  /** @param factor below 1 looks closer, above 1 from further away; the middle stays. */
  zoom(factor: number, whole: Range): void {
    const { from, to } = this.#range ?? whole;
    const half = ((to - from) / 2) * factor;
    const middle = (from + to) / 2;
    this.show({ from: middle - half, to: middle + half }, whole);
  }

  /** @param share of what is in view, to the left where negative; it stops at the ends. */
  move(share: number, whole: Range): void {
    if (!this.#range) return;
    const { from, to } = this.#range;
    const by = Math.min(whole.to - to, Math.max(whole.from - from, (to - from) * share));
    this.show({ from: from + by, to: to + by }, whole);
  }
}
