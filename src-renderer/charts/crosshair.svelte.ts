/** One place on the horizontal axis, shared by charts that lie side by side: pointing in one shows it in all. */
export class Crosshair {
  #x = $state<number | null>(null);

  /** In the axis's own unit (epochs); null while nothing is pointed at. */
  get x(): number | null {
    return this.#x;
  }
  set x(x: number | null) {
    this.#x = x;
  }
}
