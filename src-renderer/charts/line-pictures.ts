/**
 * Lines that are too many to be drawn within a frame, as pictures. While the view moves, the picture drawn last is moved and
 * stretched with the axes; meanwhile the next one is drawn a few lines a frame, wider than the view, and when the view has
 * stood still for a moment a sharp one of just what is in view. A coarse picture of all there is fills in at the sides.
 */
import type { Chart } from 'chart.js';
import { extremesWithin, type Range } from './decimate';
import type { LineDataset } from './line-chart';
import { isGoodEnough, isSharp, widened, type Sight } from './line-picture';
import { blankPicture, drawingOrder, paintInto, showPictures, type Lines, type Picture } from './picture-canvas';

/** What is to be drawn. */
export interface Scene extends Lines {
  /** All there is along the horizontal axis, and the range of the vertical one for a part of it. */
  readonly whole: Range;
  readonly heights: (range: Range) => Range;
  /** The part in view; null for all. */
  readonly range: Range | null;
  /** What the axes show, or will: asked for when all lines have been read. */
  readonly sight: () => Sight;
}

/** Work under way, one line at a time. */
interface Work {
  readonly count: number;
  readonly step: (place: number) => void;
  readonly finish: () => void;
  done: number;
}

/** Milliseconds of a frame that drawing takes, and for which the view stands still before it is drawn sharp. */
const [BUDGET, STILL] = [6, 150];

export class LinePictures {
  readonly #ready: (datasets: LineDataset[]) => void;
  #shown: Picture | null = null;
  #all: Picture | null = null;
  #spare: HTMLCanvasElement | null = null;
  #work: Work | null = null;
  #scene: Scene | null = null;
  #isRead = false;
  /** Whether the scene asked for last has been drawn sharp. */
  #isDone = true;
  #movedAt = Number.NEGATIVE_INFINITY;
  #frame = 0;

  /** @param ready told when what was asked for is drawn, with the lines as they are in it. */
  constructor(ready: (datasets: LineDataset[]) => void) {
    this.#ready = ready;
  }

  /** Asks for a picture. @param moves whether it is of another part of the same lines than the one before. */
  show(scene: Scene, moves: boolean): void {
    if (moves) this.#movedAt = performance.now();
    else {
      this.#work = null;
      this.#isRead = false;
    }
    this.#scene = scene;
    this.#isDone = false;
    this.#goOn();
  }

  /** Other lines: the picture of all there is shows none of them. */
  renew(): void {
    this.#all = null;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#shown = this.#all = this.#work = this.#scene = this.#spare = null;
  }

  draw(chart: Chart<'line'>, sight: Sight): void {
    showPictures(chart, sight, this.#shown, this.#all);
  }

  /** Whether the picture is that of the axes as they are. */
  isSharp(sight: Sight): boolean {
    return this.#shown !== null && isSharp(this.#shown, sight);
  }

  #goOn(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#turn());
  }

  #turn(): void {
    this.#frame = 0;
    const end = performance.now() + BUDGET;
    const work = (this.#work ??= this.#next());
    if (work) {
      for (; work.done < work.count && performance.now() < end; work.done += 1) work.step(work.done);
      if (work.done >= work.count) {
        this.#work = null;
        work.finish();
      }
    }
    if (this.#work || !this.#isDone || (this.#scene && !this.#all)) this.#goOn();
  }

  /** What to do next; null while nothing needs to be done. */
  #next(): Work | null {
    const scene = this.#scene;
    if (!scene) return null;
    if (!this.#isRead) return this.#reading(scene);
    if (this.#isDone) return this.#all ? null : this.#drawingAll(scene);
    if (performance.now() - this.#movedAt > STILL) return this.#drawingSharp(scene);
    const sight = scene.sight();
    if (this.#shown && isGoodEnough(this.#shown, sight)) return null;
    const wide = widened(sight, scene.whole, scene.heights);
    return this.#drawing(scene, wide, wide.x, (picture) => this.#take(picture));
  }

  /** Long lines remember their extremes once they have been read. */
  #reading({ series }: Scene): Work {
    const step = (place: number) => void extremesWithin(series[place]?.points ?? [], null);
    return { count: series.length, step, finish: () => void (this.#isRead = true), done: 0 };
  }

  #drawingAll(scene: Scene): Work {
    const { whole, heights } = scene;
    const sight = { ...scene.sight(), x: whole, y: heights(whole) };
    return this.#drawing(scene, sight, whole, (picture) => {
      this.#all = picture;
      this.#spare = null;
    });
  }

  #drawingSharp(scene: Scene): Work {
    return this.#drawing(scene, scene.sight(), scene.range, (picture, datasets) => {
      if (!scene.range) this.#all = picture;
      this.#take(picture);
      if (scene !== this.#scene) return;
      this.#isDone = true;
      this.#ready(datasets);
    });
  }

  #drawing(
    scene: Scene,
    sight: Sight,
    range: Range | null,
    finish: (picture: Picture, datasets: LineDataset[]) => void,
  ): Work {
    const picture = blankPicture(sight, this.#spare ?? document.createElement('canvas'));
    this.#spare = picture.canvas;
    const order = drawingOrder(scene.series);
    const datasets: LineDataset[] = [];
    const step = (place: number) => {
      const index = order[place] ?? 0;
      const dataset = paintInto(picture, scene, index, range);
      if (dataset) datasets[index] = dataset;
    };
    return { count: order.length, step, finish: () => finish(picture, datasets), done: 0 };
  }

  /** Shows a picture in place of the one before, whose canvas is free then unless all there is is on it. */
  #take(picture: Picture): void {
    const before = this.#shown?.canvas ?? null;
    this.#spare = before === this.#all?.canvas ? null : before;
    this.#shown = picture;
  }
}
