/**
 * A network checked without TensorFlow: shapes and parameter counts layer by layer, each problem at its layer. The window
 * calls it on every edit, the engine before it builds.
 */
import { CodedError, type NetworkSpec, type Shape, type Text } from '../contract';
import type { LayerDefinition, ParameterCount, ShapeProblem } from './definitions';
import { parseFields } from './fields';
import { layers } from './index';

export interface CheckedLayer {
  readonly id: string;
  readonly definition: LayerDefinition | null;
  readonly inputShape: Shape | null;
  /** Null where this or an earlier layer has a problem. */
  readonly outputShape: Shape | null;
  readonly parameters: ParameterCount;
  readonly problem: ShapeProblem | null;
}

export interface CheckedNetwork {
  readonly layers: readonly CheckedLayer[];
  readonly trainable: number;
  readonly fixed: number;
  /** Whether it can be built and its output fits. */
  readonly valid: boolean;
}

/**
 * @param inputShape of one example, without the batch.
 * @param outputs how many numbers the last layer must give.
 */
export function checkNetwork(network: NetworkSpec, inputShape: Shape, outputs: number): CheckedNetwork {
  const checked: CheckedLayer[] = [];
  let shape: Shape | null = inputShape;
  for (const [index, spec] of network.layers.entries()) {
    const layer = checkLayer(spec, shape, index === network.layers.length - 1 ? outputs : null);
    checked.push(layer);
    shape = layer.outputShape;
  }
  return {
    layers: checked,
    trainable: sum(checked.map((layer) => layer.parameters.trainable)),
    fixed: sum(checked.map((layer) => layer.parameters.fixed)),
    valid: checked.length > 0 && checked.every((layer) => layer.problem === null),
  };
}

/**
 * @throws CodedError `network-empty` or `network-invalid`, naming the first layer with a problem.
 */
export function requireValidNetwork(network: NetworkSpec, inputShape: Shape, outputs: number): CheckedNetwork {
  if (network.layers.length === 0) throw new CodedError('network-empty');
  const checked = checkNetwork(network, inputShape, outputs);
  const index = checked.layers.findIndex((layer) => layer.problem !== null);
  const broken = checked.layers[index];
  if (!broken?.problem) return checked;
  throw new CodedError('network-invalid', {
    number: index + 1,
    layer: broken.definition?.label.en ?? network.layers[index]?.type ?? '',
    problem: broken.problem.problem.en,
  });
}

function checkLayer(spec: NetworkSpec['layers'][number], input: Shape | null, outputs: number | null): CheckedLayer {
  const nothing = { id: spec.id, inputShape: input, outputShape: null, parameters: { trainable: 0, fixed: 0 } };
  if (!layers.has(spec.type)) {
    return {
      ...nothing,
      definition: null,
      problem: said(`There is no layer "${spec.type}".`, `没有“${spec.type}”这种层。`),
    };
  }
  const definition = layers.get(spec.type);
  if (!input) return { ...nothing, definition, problem: null };
  try {
    const values = parseFields(definition.fields, spec.fields, definition.label.en);
    const shape = definition.outputShape(values, input);
    if ('problem' in shape) return { ...nothing, definition, problem: shape };
    return {
      id: spec.id,
      definition,
      inputShape: input,
      outputShape: shape,
      parameters: definition.parameters(values, input),
      problem: outputs === null ? null : outputProblem(definition, shape, outputs),
    };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return {
      ...nothing,
      definition,
      problem: said(error.message.replace(/^[\w-]+: /, ''), error.message.replace(/^[\w-]+: /, '')),
    };
  }
}

/** The last layer must give one number per class (or one in all). */
function outputProblem(definition: LayerDefinition, shape: Shape, outputs: number): ShapeProblem | null {
  if (shape.length === 1 && shape[0] === outputs) return null;
  const problem = said(
    `The last layer gives ${shape.join(' × ')} numbers, but the target needs ${outputs}.`,
    `最后一层给出 ${shape.join(' × ')} 个数，而目标需要 ${outputs} 个。`,
  );
  if (!('units' in definition.fields)) return problem;
  return {
    ...problem,
    repair: { label: { en: `Set units to ${outputs}`, zh: `把单元数设为 ${outputs}` }, set: { units: outputs } },
  };
}

function said(en: string, zh: string): { problem: Text } {
  return { problem: { en, zh } };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
