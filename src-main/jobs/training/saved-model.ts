/** A saved model back in memory, ready to predict: network, weights and the recipe of its inputs. */
import { tasks } from '../../catalog';
import type { ModelInfo, NetworkSpec } from '../../contract';
import { preparationSchema, type Preparation } from '../../data/prepared';
import { buildModel } from '../../engine/build';
import type { FinishedModel } from '../../engine/evaluate';
import type { TensorFlow } from '../../engine/tf';
import { setModelWeights } from '../../engine/weights';
import type { Library } from '../../storage/library';
import { loadModel } from '../../storage/models';

export interface SavedModel {
  readonly finished: FinishedModel;
  readonly info: ModelInfo;
  readonly network: NetworkSpec;
  readonly preparation: Preparation;
}

/** @throws CodedError `not-found`, `run-without-model` */
export function openSavedModel(tf: TensorFlow, library: Library, runId: string): SavedModel {
  const { info, preparation: recipe, network, weights } = loadModel(library.db, runId);
  const preparation = preparationSchema.parse(recipe);
  const task = tasks.get(info.task);
  // The seed does not matter: every weight is replaced.
  const model = buildModel(tf, network, info.inputShape, task.outputs(info.target), 0);
  setModelWeights(tf, model, weights);
  return { finished: { tf, model, task, targetScale: preparation.targetScale }, info, network, preparation };
}
