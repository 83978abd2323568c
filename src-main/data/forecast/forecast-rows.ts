/** Forecasts in the person's unit: what came, what repeating the last season or the last value says, and the error they scale by. */
import { writeTime } from '../../catalog';
import type { ForecastPlan } from '../../contract';
import { TRAINING } from '../part-codes';
import type { ForecastSource } from './read';
import { levelOf, seasonalNaive } from './windows';

export class ForecastRows {
  readonly plan: ForecastPlan;
  readonly #source: ForecastSource;
  /** As `values` of the source, without gaps. */
  readonly #known: Float64Array;

  constructor(source: ForecastSource, known: Float64Array) {
    this.plan = source.plan;
    this.#source = source;
    this.#known = known;
  }

  /** `rows × horizon`: the steps after each row. */
  actual(rows: Int32Array): Float32Array {
    return this.#each(rows, (place) => this.#source.values.subarray(place + 1, place + 1 + this.plan.horizon));
  }

  /** `rows × horizon`: what a network's outputs are added to, as it learns by how much that is wrong. */
  level(rows: Int32Array): Float32Array {
    return this.#each(rows, (place) => levelOf(this.#known, place, this.plan));
  }

  seasonal(rows: Int32Array): Float32Array {
    return this.#each(rows, (place) => seasonalNaive(this.#known, place, this.plan));
  }

  naive(rows: Int32Array): Float32Array {
    return this.#each(rows, (place) => seasonalNaive(this.#known, place, { ...this.plan, season: 1 }));
  }

  /** The target up to a row, at most so many steps, null where it is missing. */
  history(row: number, steps: number): (number | null)[] {
    const { order, values } = this.#source;
    const place = order.places[row] ?? 0;
    const first = Math.max(order.starts[place] ?? 0, place + 1 - steps);
    return Array.from(values.subarray(first, place + 1), (value) => (Number.isNaN(value) ? null : value));
  }

  /** When a row was (`OrderKeys`); NaN where no column says so. */
  time(row: number): number {
    return this.#source.times?.[row] ?? NaN;
  }

  /** When the steps of `history` were, and then the answers, as people read it; null where no column says so. */
  times(row: number, steps: number): string[] | null {
    const { order, times } = this.#source;
    const { timing, horizon } = this.plan;
    if (!timing || !times) return null;
    const place = order.places[row] ?? 0;
    const first = Math.max(order.starts[place] ?? 0, place + 1 - steps);
    return Array.from(order.rows.subarray(first, place + 1 + horizon), (one) => {
      const time = times[one] ?? NaN;
      return Number.isNaN(time) ? '' : writeTime(timing, time);
    });
  }

  /**
   * By row, the mean absolute error of the seasonal naive forecast one season ahead over the training rows of its series:
   * what errors are divided by for MASE (Hyndman & Koehler 2006). NaN where that is 0 or unknown.
   */
  scales(rows: Int32Array): Float64Array {
    const { order, values, rowParts } = this.#source;
    const { season } = this.plan;
    const ofSeries = new Map<number, { sum: number; count: number }>();
    for (let place = season; place < values.length; place++) {
      const start = order.starts[place] ?? 0;
      if (place - season < start || rowParts[order.rows[place] ?? 0] !== TRAINING) continue;
      const error = Math.abs((values[place] ?? NaN) - (values[place - season] ?? NaN));
      if (Number.isNaN(error)) continue;
      const { sum, count } = ofSeries.get(start) ?? { sum: 0, count: 0 };
      ofSeries.set(start, { sum: sum + error, count: count + 1 });
    }
    return Float64Array.from(rows, (row) => {
      const own = ofSeries.get(order.starts[order.places[row] ?? 0] ?? 0);
      return own && own.sum > 0 ? own.sum / own.count : NaN;
    });
  }

  #each(rows: Int32Array, stepsOf: (place: number) => ArrayLike<number>): Float32Array {
    const { horizon } = this.plan;
    const all = new Float32Array(rows.length * horizon);
    for (let at = 0; at < rows.length; at++) {
      all.set(stepsOf(this.#source.order.places[rows[at] ?? 0] ?? 0), at * horizon);
    }
    return all;
  }
}
