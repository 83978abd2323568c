/**
 * What a saved model of anomalies says of examples: how badly it gives each back and which columns that comes from, or how
 * far each lies from what it was trained on.
 */
import type { AnomalyAnswer, AnomalyMeasures, Prediction } from '../../contract';
import { inputScale, type EncodedInputs } from '../../data/encode';
import { widthOf } from '../../data/fit';
import { pictureRecipe } from '../../data/picture-recipe';
import type { InputRecipe } from '../../data/prepared';
import { distanceMeasure } from '../../engine/neighbours';
import { reconstruct } from '../../engine/reconstruction';
import { BatchCutter, batches } from '../../engine/training-data';
import type { SavedModel } from './saved-model';

/** Examples that are in memory at once. */
const atOnce = 64;
/** Examples up to which what came in and what was given back is told in full. */
const mostInFull = 4;
const mostParts = 10;

/** @param measured of the model; null where that was not done yet. */
export function answerAnomalies(
  { finished, info, preparation }: SavedModel,
  { inputs, rows }: EncodedInputs,
  measured: AnomalyMeasures | null,
): Prediction[] {
  const normalization = pictureRecipe(preparation)?.normalization ?? null;
  const data = { inputShape: info.inputShape, inputs, scale: inputScale(preparation), normalization };
  const threshold = measured?.threshold ?? null;
  const score = measured?.score ?? 'error';
  const ranked = measured?.neighbours ? distanceMeasure(finished, data, measured.neighbours) : null;
  const places = Int32Array.from({ length: rows }, (_, row) => row);
  const isTable = finished.task.input === 'table';
  const answers = [...batches(places, atOnce)].flatMap((piece) => {
    const { errors: reconstruction, ...both } = reconstruct(finished, data, piece);
    const { tf } = finished;
    const errors = ranked
      ? tf.tidy(() => ranked.measure(new BatchCutter(data).inputs(tf, piece)).dataSync<'float32'>())
      : reconstruction;
    const size = both.inputs.length / piece.length;
    return Array.from(errors, (error, at): Prediction => {
      const input = both.inputs.slice(at * size, (at + 1) * size);
      const output = both.outputs.slice(at * size, (at + 1) * size);
      const parts = isTable && !ranked ? partsOf(preparation.inputs, input, output) : [];
      const example = rows <= mostInFull ? { example: { shape: [...info.inputShape], input, output } } : {};
      return {
        predicted: threshold === null ? error : error > threshold ? 'anomalous' : 'ordinary',
        outputs: [{ label: ranked ? 'distance' : 'reconstruction-error', value: error }],
        anomaly: { score, error, threshold, parts, ...example },
      };
    });
  });
  ranked?.dispose();
  return answers;
}

/** The share of each column's numbers in the squared differences, the largest first. */
function partsOf(recipes: readonly InputRecipe[], input: Float32Array, output: Float32Array): AnomalyAnswer['parts'] {
  const squares = input.map((value, at) => (value - (output[at] ?? NaN)) ** 2);
  const total = squares.reduce((sum, square) => sum + square, 0);
  let offset = 0;
  const parts = recipes.map((recipe) => {
    const from = offset;
    offset += widthOf(recipe);
    const own = squares.subarray(from, offset).reduce((sum, square) => sum + square, 0);
    const [given = NaN, back = NaN] = [input[from], output[from]];
    const isMissing = recipe.kind === 'standardize' && recipe.hasMissing && input[from + 1] === 1;
    const unit = (value: number) =>
      recipe.kind === 'standardize' ? value * recipe.standardDeviation + recipe.mean : value;
    return {
      column: recipe.kind === 'log-mel' ? '' : recipe.column,
      share: total > 0 ? own / total : 0,
      number: recipe.kind === 'standardize' ? { given: isMissing ? null : unit(given), expected: unit(back) } : null,
    };
  });
  return parts.sort((one, other) => other.share - one.share).slice(0, mostParts);
}
