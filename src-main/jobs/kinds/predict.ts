/**
 * A saved model that stays open and answers questions until it is cancelled: pixels, values by column, or rows of the
 * version that the run was trained on; of ratings also which items to recommend.
 */
import { z } from 'zod';
import { timeAfter, writeTime } from '../../catalog';
import {
  itemSearchSchema,
  predictInputSchema,
  predictionInputSchema,
  recommendInputSchema,
  type ForecastPlan,
  type Prediction,
  type PredictionInput,
} from '../../contract';
import { encodeInputs, inputScale, type EncodedInputs } from '../../data/encode';
import { encodeStepRows, encodeSteps, type EncodedWindows } from '../../data/forecast/encode';
import { pictureRecipe } from '../../data/picture-recipe';
import { readInputs } from '../../data/prepare';
import { ratingIdentities } from '../../data/rating-places';
import { largestOf, predictRows } from '../../engine/evaluate';
import { hasConvolution } from '../../engine/build';
import { loadTensorFlow } from '../../engine/tf';
import { getVersion } from '../../storage/datasets';
import { getEvaluation } from '../../storage/evaluations';
import { getRun } from '../../storage/runs';
import { defineJob, type JobContext } from '../definition';
import { answerAnomalies } from '../training/answer-anomalies';
import type { RatingAnswer } from '../training/newcomers';
import { Recommender } from '../training/recommend';
import { untilCancelled } from '../until-cancelled';
import { openSavedModel, type SavedModel } from '../training/saved-model';

const questionSchema = z.union([
  z.object({ inputs: z.array(predictionInputSchema).min(1).max(1000) }),
  z.object({ recommend: recommendInputSchema.omit({ runId: true }) }),
  z.object({ items: itemSearchSchema.omit({ runId: true }) }),
]);

export const predictJob = defineJob({
  kind: 'predict',
  input: predictInputSchema,
  async run({ runId }, context) {
    const { network } = getRun(context.library.db, runId);
    const { tf } = await loadTensorFlow({ convolution: hasConvolution(network) });
    const saved = openSavedModel(tf, context, runId);
    const recommender = new Recommender(saved, context.library);
    context.onAsk(async (question) => {
      const asked = questionSchema.parse(question);
      if ('recommend' in asked) return recommender.recommend(asked.recommend);
      if ('items' in asked) return recommender.findItems(asked.items);
      const encoded = await encode(saved, asked.inputs, context);
      if (takesRatings(saved)) return predictRatings(saved, await recommender.answer(encoded));
      if (saved.info.target.kind !== 'reconstruction') return predict(saved, encoded);
      // The person may move the threshold while the model is open.
      return answerAnomalies(saved, encoded, getEvaluation(context.library.db, runId)?.anomaly ?? null);
    });
    await untilCancelled(context.signal);
  },
});

/** Prepared inputs in the order asked; rows of the version are read, all else is encoded as given. */
async function encode(
  saved: SavedModel,
  inputs: readonly PredictionInput[],
  { library }: JobContext,
): Promise<EncodedInputs | EncodedWindows> {
  const { preparation, info } = saved;
  const { data } = getRun(library.db, info.runId);
  const rows = inputs.flatMap((input) => (input.kind === 'row' ? [input.index] : []));
  if (rows.length === inputs.length) {
    const version = getVersion(library.db, data.versionId);
    if (preparation.forecast) return encodeStepRows(library, version, data, preparation, rows);
    return readInputs(library, version, preparation, rows);
  }
  if (preparation.forecast) return encodeSteps(preparation, inputs);
  return encodeInputs(preparation, inputs);
}

/** Of ratings whose users or items were given other steps than codes nothing is known beside the network's answers. */
function takesRatings({ finished, preparation }: SavedModel): boolean {
  return finished.task.input === 'ratings' && ratingIdentities(preparation) !== null;
}

function predictRatings({ preparation }: SavedModel, answers: readonly RatingAnswer[]): Prediction[] {
  return answers.map(({ predicted, newcomer }) => ({
    predicted,
    outputs: [{ label: preparation.targetColumn, value: predicted }],
    ...(newcomer ? { newcomer } : {}),
  }));
}

/** The steps ahead in their order, added to the level before, each with its time where that is known; the next one is the answer in short. */
function forecastOf(differences: Float32Array, level: Float32Array, time: number, plan?: ForecastPlan): Prediction {
  const { timing } = plan ?? {};
  const labelOf = (step: number) =>
    timing?.step && !Number.isNaN(time) ? writeTime(timing, timeAfter(timing.step, time, step)) : `t+${step}`;
  const values = differences.map((value, step) => value + (level[step] ?? NaN));
  const outputs = Array.from(values, (value, step) => ({ label: labelOf(step + 1), value }));
  return { predicted: values[0] ?? NaN, outputs };
}

/** Outputs in the order of the classes; a number has the target column as its label. */
function predict({ finished, info, preparation }: SavedModel, encoded: EncodedInputs | EncodedWindows): Prediction[] {
  const { inputs, rows } = encoded;
  const normalization = pictureRecipe(preparation)?.normalization ?? null;
  const data = { inputShape: info.inputShape, inputs, scale: inputScale(preparation), normalization };
  const outputs = predictRows(
    finished,
    data,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  const { target } = info;
  const width = outputs.length / rows;
  return Array.from({ length: rows }, (_, row): Prediction => {
    const values = outputs.subarray(row * width, (row + 1) * width);
    if ('level' in encoded) {
      const level = encoded.level.subarray(row * width, (row + 1) * width);
      return forecastOf(values, level, encoded.times[row] ?? NaN, preparation.forecast);
    }
    if (target.kind === 'number') {
      const value = values[0] ?? NaN;
      return { predicted: value, outputs: [{ label: preparation.targetColumn, value }] };
    }
    const classes = target.kind === 'classes' ? target.classes : [];
    return {
      predicted: classes[largestOf(values, 0, width)] ?? '',
      outputs: Array.from(values, (value, index) => ({ label: classes[index] ?? '', value })),
    };
  });
}
