/** Bins of reconstruction errors at even steps of their logarithm, as they spread over powers of ten. */

const binCount = 48;
/** Below the largest error by so much, errors are as good as none. */
const widest = 1e6;
/** How many times the axis goes beyond the errors on either side. */
const margin = 1.05;

export interface ErrorBins {
  /** The share of each kind of row in each bin. */
  readonly bins: readonly { readonly ordinary: number; readonly anomalous: number }[];
  readonly least: number;
  readonly most: number;
  /** Where an error lies between the least (0) and the largest (1); outside of these for errors beyond them. */
  placeOf(error: number): number;
  /** The error at such a place. */
  errorAt(place: number): number;
}

/** @param ordinary @param anomalous errors, 0 or more, in any order. */
export function histogramOf(ordinary: readonly number[], anomalous: readonly number[]): ErrorBins {
  const all = [...ordinary, ...anomalous];
  const largest = all.reduce((most, error) => Math.max(most, error), 0) || 1;
  const smallest = all.reduce((least, error) => Math.min(least, error), largest);
  // A threshold may lie beyond the errors on either side.
  const [least, most] = [Math.max(smallest, largest / widest) / margin, largest * margin];
  const span = Math.log(most / least);
  const placeOf = (error: number) => Math.log(Math.max(error, 1e-300) / least) / span;
  const binOf = (error: number) => Math.min(binCount - 1, Math.max(0, Math.floor(placeOf(error) * binCount)));
  const bins = Array.from({ length: binCount }, () => ({ ordinary: 0, anomalous: 0 }));
  for (const [kind, errors] of [['ordinary', ordinary] as const, ['anomalous', anomalous] as const]) {
    for (const error of errors) {
      const bin = bins[binOf(error)];
      if (bin) bin[kind] += 1 / errors.length;
    }
  }
  return { bins, least, most, placeOf, errorAt: (place) => least * Math.exp(place * span) };
}
