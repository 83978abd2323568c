/**
 * A network checked without TensorFlow: shapes along every edge, parameters, arithmetic and memory layer by layer, each
 * problem at its layer. The window calls it on every edit, the engine before it builds.
 */
import { CodedError, type LayerSpec, type NetworkSpec, type Shape, type Text } from '../contract';
import type { LayerDefinition, ParameterCount, ShapeProblem } from './definitions';
import { parseFields } from './fields';
import { graphOf, inputsOf } from './graph';
import { codesProblem } from './codes-problem';
import { connectionProblem, inputCountProblem } from './graph-problems';
import { layers } from './index';

export interface CheckedLayer {
  readonly id: string;
  readonly definition: LayerDefinition | null;
  /** Ids of the layers that it takes from, or `dataSource`; as long as `inputShapes`. */
  readonly inputs: readonly string[];
  /** Of one example, along each edge that comes in; null where one is not known. */
  readonly inputShapes: readonly Shape[] | null;
  /** Null where this layer or one that it depends on has a problem. */
  readonly outputShape: Shape | null;
  readonly parameters: ParameterCount;
  /** Multiplications with an addition for one example, forwards. */
  readonly multiplyAdds: number;
  /** Bytes of its output for one example, as float32. */
  readonly outputBytes: number;
  readonly problem: ShapeProblem | null;
}

export interface CheckedNetwork {
  /** In the order of the network's list. */
  readonly layers: readonly CheckedLayer[];
  readonly trainable: number;
  readonly fixed: number;
  /** Multiplications with an addition for one example, forwards. */
  readonly multiplyAdds: number;
  /** Bytes of all outputs for one example: what training keeps until the gradients are computed. */
  readonly outputBytes: number;
  /** Whether it can be built and its output fits. */
  readonly valid: boolean;
}

/**
 * @param inputShape of one example, without the batch.
 * @param outputs how many numbers the last layer must give.
 * @param codes how many different codes the inputs are, null where they are none; absent where that isn't known.
 */
export function checkNetwork(
  network: NetworkSpec,
  inputShape: Shape,
  outputs: number,
  codes?: number | null,
): CheckedNetwork {
  const graph = graphOf(network);
  const checked = network.layers.map((spec, index) => unknownLayer(network, spec, index));
  const places = graph.order.length === checked.length ? graph.order : checked.map((_, index) => index);
  for (const index of places) {
    const before = checked[index];
    const spec = network.layers[index];
    if (!before || !spec) continue;
    const shapes = (graph.sources[index] ?? []).map((source) => {
      if (source === 'data') return inputShape;
      return source === null || graph.cyclic.has(source) ? null : (checked[source]?.outputShape ?? null);
    });
    const inputShapes = shapes.includes(null) ? null : shapes.filter((shape) => shape !== null);
    const looksUpData = (graph.sources[index] ?? []).includes('data') && codes !== undefined;
    const problem =
      before.problem ??
      connectionProblem(network, graph, index) ??
      (looksUpData ? codesProblem(before.definition, spec, codes) : null);
    const layer = checkLayer({ ...before, inputShapes, problem }, spec);
    checked[index] = graph.output === index ? withOutputs(layer, outputs) : layer;
  }
  return {
    layers: checked,
    trainable: sum(checked.map((layer) => layer.parameters.trainable)),
    fixed: sum(checked.map((layer) => layer.parameters.fixed)),
    multiplyAdds: sum(checked.map((layer) => layer.multiplyAdds)),
    outputBytes: sum(checked.map((layer) => layer.outputBytes)),
    valid: checked.length > 0 && checked.every((layer) => layer.problem === null),
  };
}

/**
 * @throws CodedError `network-empty` or `network-invalid`, naming the first layer with a problem.
 */
export function requireValidNetwork(...[network, ...data]: Parameters<typeof checkNetwork>): CheckedNetwork {
  if (network.layers.length === 0) throw new CodedError('network-empty');
  const checked = checkNetwork(network, ...data);
  const index = checked.layers.findIndex((layer) => layer.problem !== null);
  const broken = checked.layers[index];
  if (!broken?.problem) return checked;
  throw new CodedError('network-invalid', {
    number: index + 1,
    layer: broken.definition?.label.en ?? network.layers[index]?.type ?? '',
    problem: broken.problem.problem.en,
  });
}

/** A layer of which nothing is known yet but its kind. */
function unknownLayer(network: NetworkSpec, spec: LayerSpec, index: number): CheckedLayer {
  const definition = layers.has(spec.type) ? layers.get(spec.type) : null;
  return {
    id: spec.id,
    definition,
    inputs: inputsOf(network, index),
    inputShapes: null,
    outputShape: null,
    parameters: { trainable: 0, fixed: 0 },
    multiplyAdds: 0,
    outputBytes: 0,
    problem: definition ? null : said(`There is no layer "${spec.type}".`, `没有“${spec.type}”这种层。`),
  };
}

/** The layer with its shapes and figures, where what comes in is known. */
function checkLayer(layer: CheckedLayer, spec: LayerSpec): CheckedLayer {
  const { definition, inputShapes } = layer;
  if (!definition) return layer;
  const problem = layer.problem ?? inputCountProblem(definition, layer.inputs.length, layer.id);
  if (!inputShapes || inputShapes.length < definition.inputs.minimum) return { ...layer, problem };
  if (inputShapes.length > definition.inputs.maximum) return { ...layer, problem };
  try {
    const values = parseFields(definition.fields, spec.fields, definition.label.en);
    const shape = definition.outputShape(values, inputShapes);
    if ('problem' in shape) return { ...layer, problem: problem ?? shape };
    return {
      ...layer,
      problem,
      outputShape: shape,
      parameters: definition.parameters(values, inputShapes),
      multiplyAdds: definition.multiplyAdds(values, inputShapes, shape),
      outputBytes: 4 * shape.reduce((product, side) => product * side, 1),
    };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const words = error.message.replace(/^[\w-]+: /, '');
    return { ...layer, problem: problem ?? said(words, words) };
  }
}

/** The last layer must give one number per class (or one in all). */
function withOutputs(layer: CheckedLayer, outputs: number): CheckedLayer {
  const { definition, outputShape: shape } = layer;
  if (layer.problem || !definition || !shape || (shape.length === 1 && shape[0] === outputs)) return layer;
  const problem = said(
    `The last layer gives ${shape.join(' × ')} numbers, but the target needs ${outputs}.`,
    `最后一层给出 ${shape.join(' × ')} 个数，而目标需要 ${outputs} 个。`,
  );
  if (!('units' in definition.fields)) return { ...layer, problem };
  const label = { en: `Set units to ${outputs}`, zh: `把单元数设为 ${outputs}` };
  return { ...layer, problem: { ...problem, repair: { label, set: { units: outputs } } } };
}

function said(en: string, zh: string): { problem: Text } {
  return { problem: { en, zh } };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
