/**
 * Windows of steps, cut where they are asked for from the steps themselves: a million rows are a million steps in memory,
 * not a million windows. A window is named by the row of its last known step, its answers are the steps after it.
 */
import { stepsNeeded, type ForecastPlan } from '../../contract';
import { isInPart, NO_PART } from '../part-codes';
import type { StepOrder } from './order';

/** Which steps a forecast reads and says. */
export type Reach = Pick<ForecastPlan, 'window' | 'horizon' | 'season'>;

/**
 * The part of each window: that of its answers, all of which lie in it. What is read lies before them, so that it may reach
 * back into an earlier part, as it will when the model is used; into another series never.
 * @param parts codes by row. @param values of the target by place, NaN where missing.
 * @returns codes by row; `NO_PART` where a step is missing before or after.
 */
export function windowParts(
  { rows, starts, ends }: StepOrder,
  parts: Uint8Array,
  values: Float64Array,
  reach: Reach,
): Uint8Array {
  const found = new Uint8Array(rows.length).fill(NO_PART);
  const codeAt = (place: number) => parts[rows[place] ?? 0] ?? NO_PART;
  /** How many steps from a place on are known and of one part and series. */
  const alike = new Int32Array(rows.length + 1);
  for (let place = rows.length - 1; place >= 0; place--) {
    if (!isInPart(codeAt(place)) || Number.isNaN(values[place])) continue;
    const goesOn = place + 1 < (ends[place] ?? 0) && codeAt(place) === codeAt(place + 1);
    alike[place] = 1 + (goesOn ? (alike[place + 1] ?? 0) : 0);
  }
  for (let place = stepsNeeded(reach) - 1; place < rows.length; place++) {
    const isWhole = place - stepsNeeded(reach) + 1 >= (starts[place] ?? 0) && place + 1 < (ends[place] ?? 0);
    if (isWhole && (alike[place + 1] ?? 0) >= reach.horizon) found[rows[place] ?? 0] = codeAt(place + 1);
  }
  return found;
}

/** The seasonal naive forecast: each step is as the same step of the last season that is known (Hyndman & Athanasopoulos). */
export function seasonalNaive(known: Float64Array, place: number, { horizon, season }: Reach): Float64Array {
  return Float64Array.from(
    { length: horizon },
    (_, step) => known[place + 1 + step - season * Math.ceil((step + 1) / season)] ?? NaN,
  );
}

/**
 * What a network's outputs are added to: the last season where the window shows it, so that the network can tell what of it was
 * chance; else the last value.
 */
export function levelOf(known: Float64Array, place: number, reach: Reach): Float64Array {
  return seasonalNaive(known, place, reach.season <= reach.window ? reach : { ...reach, season: 1 });
}

export interface WindowSteps {
  /** `steps × channels` in the order of places; the first channel is the target, standardized and without gaps. */
  readonly values: Float32Array;
  readonly channels: number;
}

/** What the engine reads inputs from (`StoredInputs`): windows by the row of their last step, cut batch by batch. */
export class WindowedRows {
  readonly type = 'float32';
  readonly resident = false;
  readonly #steps: WindowSteps;
  readonly #places: Int32Array;
  readonly #window: number;
  #batch = new Float32Array();

  constructor(steps: WindowSteps, places: Int32Array, window: number) {
    this.#steps = steps;
    this.#places = places;
    this.#window = window;
  }

  readAll(): Float32Array {
    return this.take(Int32Array.from(this.#places.keys()));
  }

  /** Steps lie in memory, so that nothing is to be read ahead. */
  expect(): void {
    this.#batch = new Float32Array();
  }

  /**
   * `[rows, window, channels]`, the oldest step first; steps before the first are 0. The target is given by how far it lies
   * from its last known value, so that a level that was never seen says no less (Zeng et al. 2023, NLinear).
   * @returns a view that is good until the next call.
   */
  take(rows: Int32Array): Float32Array {
    const { values, channels } = this.#steps;
    const size = this.#window * channels;
    if (this.#batch.length !== rows.length * size) this.#batch = new Float32Array(rows.length * size);
    const batch = this.#batch.fill(0);
    for (let at = 0; at < rows.length; at++) {
      const place = this.#places[rows[at] ?? -1] ?? -1;
      const first = Math.max(0, place - this.#window + 1);
      const to = at * size + (this.#window - (place + 1 - first)) * channels;
      batch.set(values.subarray(first * channels, (place + 1) * channels), to);
      const last = values[place * channels] ?? 0;
      for (let value = to; value < (at + 1) * size; value += channels) batch[value] = (batch[value] ?? 0) - last;
    }
    return batch;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
