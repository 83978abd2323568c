/** A saved model back in memory, ready to predict: network, weights and the recipe of its inputs. */
import { frozenStart, pretrainedOf, tasks } from '../../catalog';
import { CodedError, type ModelInfo, type NetworkSpec } from '../../contract';
import { pictureRecipe } from '../../data/picture-recipe';
import { preparationSchema, type Preparation } from '../../data/prepared';
import { buildModel } from '../../engine/build';
import type { FinishedModel } from '../../engine/evaluate';
import type { TensorFlow } from '../../engine/tf';
import { setModelWeights } from '../../engine/weights';
import { pretrainedFrom } from '../../engine/pretrained';
import { loadModel } from '../../storage/models';
import type { JobContext } from '../definition';

export interface SavedModel {
  readonly finished: FinishedModel;
  readonly info: ModelInfo;
  readonly network: NetworkSpec;
  readonly preparation: Preparation;
}

/**
 * @param part the whole, on inputs as the preparation gives them; or what follows the network's frozen beginning, on what
 * that made of them.
 * @throws CodedError `not-found`, `run-without-model`, `pretrained-changed`, `pretrained-unreadable`
 */
export function openSavedModel(
  tf: TensorFlow,
  { library, resources }: Pick<JobContext, 'library' | 'resources'>,
  runId: string,
  part: 'whole' | 'rest' = 'whole',
): SavedModel {
  const { info, preparation: recipe, network, weights } = loadModel(library.db, runId);
  const preparation = preparationSchema.parse(recipe);
  const task = tasks.get(info.task);
  requireSamePretrained(info, network);
  const pretrained = pretrainedFrom(resources, pictureRecipe(preparation)?.normalization ?? null);
  const start = part === 'rest' ? frozenStart(network, info.inputShape) : null;
  const [taken, shape] = start ? [start.rest, start.shape] : [network, info.inputShape];
  // The seed does not matter: every weight is replaced, or brought by its layer.
  const model = buildModel(tf, taken, shape, task.outputs(info.target), 0, pretrained);
  setModelWeights(tf, model, weights);
  return { finished: { tf, model, task, targetScale: preparation.targetScale }, info, network, preparation };
}

/** What a model stores nothing of must be what it was trained with. @throws CodedError `pretrained-changed` */
function requireSamePretrained({ pretrained }: ModelInfo, network: NetworkSpec): void {
  const brought = new Map(pretrainedOf(network).map(({ id, label, pretrained }) => [id, { label, ...pretrained }]));
  for (const { layer, sha256 } of pretrained ?? []) {
    const found = brought.get(layer);
    if (found?.sha256 === sha256) continue;
    const [wanted, present] = [sha256.slice(0, 8), found?.sha256.slice(0, 8) ?? '–'];
    throw new CodedError('pretrained-changed', { layer: found?.label.en ?? layer, wanted, found: present });
  }
}
