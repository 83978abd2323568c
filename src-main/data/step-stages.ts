/** What each step makes of some rows and of a sample of the training rows, in a form for people. */
import { applyStep, parseFields, presentOf, steps, type PictureValues, type StepValues } from '../catalog';
import { mostShown, type FittedStep, type StepStage, type ValueSpread } from '../contract';

const BINS = 20;
/** Numbers of a row of which a mean is shown. */
const MOST_MEANS = 100;

/** What is said of a step beside its values. */
type About = Pick<StepStage, 'names' | 'learnt'> & {
  /** What a number stands for, where it is a code; null for numbers as they are. */
  readonly codeName: ((code: number) => string) | null;
};

export interface StageValues {
  /** The rows to be shown. */
  readonly shown: StepValues;
  /** Training rows over which spreads are counted. */
  readonly sample: StepValues;
}

/**
 * @param given what the first step takes, where that is not what came in: rows joined with others.
 * @returns what came in, then one stage per step.
 */
export function stagesOf(chain: readonly FittedStep[], before: StageValues, given = before): StepStage[] {
  let { shown, sample } = given;
  const stages = [stageOf(before, { names: [], learnt: null, codeName: null })];
  for (const step of chain) {
    [shown, sample] = [applyStep(step, shown), applyStep(step, sample)];
    stages.push(stageOf({ shown, sample }, aboutStep(step)));
  }
  return stages;
}

function aboutStep({ type, fields, fitted }: FittedStep): About {
  const { label, fields: known, outputs, learnt, codes, codeName } = steps.get(type);
  const complete = parseFields(known, fields, label.en);
  return {
    names: [...(outputs?.(fitted, complete) ?? [])].slice(0, mostShown),
    learnt: learnt?.(fitted, complete) ?? null,
    codeName: codeName && (codes?.(fitted, complete) ?? null) !== null ? (code) => codeName(fitted, code) : null,
  };
}

function stageOf({ shown: rows, sample }: StageValues, { codeName, ...about }: About): StepStage {
  // Which codes stand at a place on average says nothing.
  const common = { ...about, pictures: null, spread: codeName ? null : spreadOf(sample) };
  if (rows.kind === 'texts') {
    return { ...common, width: 1, rows: Array.from(rows.codes, (code) => [rows.names[code] ?? null]) };
  }
  if (rows.kind === 'pictures') {
    const { height, width, channels, pixels } = rows;
    const names = [`${height} × ${width} × ${channels}`];
    return {
      ...common,
      names,
      width: height * width * channels,
      rows: [],
      pictures: { height, width, channels, pixels: new Uint8Array(pixels) },
    };
  }
  const count = rows.values.length / Math.max(1, rows.width);
  const cells = Array.from({ length: count }, (_, row) => {
    const own = Array.from(rows.values.subarray(row * rows.width, (row + 1) * rows.width));
    if (rows.missing) own.push(rows.missing[row] ?? 0);
    return own.slice(0, mostShown).map((value) => {
      if (Number.isNaN(value)) return null;
      return codeName && value > 0 ? `${codeName(value)} ${value}` : value;
    });
  });
  return { ...common, width: rows.width + (rows.missing ? 1 : 0), rows: cells };
}

function spreadOf(values: StepValues): ValueSpread | null {
  if (values.kind === 'texts') return null;
  if (values.kind === 'pictures') return binsOf(pixelsSeen(values));
  if (values.width === 1) return binsOf(presentOf(values, 0));
  const count = Math.max(1, values.values.length / Math.max(1, values.width));
  const means = Array.from({ length: Math.min(values.width, MOST_MEANS) }, (_, part) => {
    return presentOf(values, part).reduce((sum, value) => sum + value, 0) / count;
  });
  return { kind: 'means', values: means };
}

/** Pixels as the network sees them. */
function pixelsSeen({ pixels, channels, normalization }: PictureValues): Float64Array {
  return Float64Array.from(pixels, (pixel, at) => {
    const { mean, deviation } = normalization ?? { mean: [], deviation: [] };
    return (pixel / 255 - (mean[at % channels] ?? 0)) / (deviation[at % channels] ?? 1);
  });
}

function binsOf(values: Float64Array): ValueSpread | null {
  if (values.length === 0) return null;
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const counts = new Array<number>(high > low ? BINS : 1).fill(0);
  for (const value of values) {
    const bin = high > low ? Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { kind: 'bins', low, high, counts };
}
