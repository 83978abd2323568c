/** What the conformance suites give a layer that takes several inputs beside the first: that one's values, bent in other ways. */
import type { LayerDefinition } from '../catalog';
import type { LayerSpec, Shape } from '../contract';

const sizeOf = (shape: Shape) => shape.reduce((product, side) => product * side, 1);
const isSame = (one: Shape, other: Shape) => one.join() === other.join();

/** Shapes of all inputs: those that are like the first in the layer's example are so here, the others are as there. */
export function inputsLike({ example: { inputs }, inputs: { minimum } }: LayerDefinition, first: Shape): Shape[] {
  const [exampleFirst = []] = inputs;
  return Array.from({ length: Math.max(minimum, 1) }, (_, at) => {
    const shape = inputs[at] ?? exampleFirst;
    return isSame(shape, exampleFirst) ? first : shape;
  });
}

/**
 * Layers that give the inputs but the first, and the ids of the last of each. Smooth, and from 0 to 1 where they are laid out anew.
 * @param before id of what gives the first. @param name that their ids begin with.
 */
export function branchesOf(definition: LayerDefinition, before: string, first: Shape, name: string) {
  const branches = inputsLike(definition, first)
    .slice(1)
    .map((shape, at): LayerSpec[] => {
      const id = `${name}-${at}`;
      const activation = at % 2 === 0 ? 'tanh' : 'sigmoid';
      if (isSame(shape, first)) return [{ id, type: 'activation', fields: { activation }, inputs: [before] }];
      return [
        { id: `${id}-flat`, type: 'flatten', fields: {}, inputs: [before] },
        // Far enough apart that gradients of attention are not roundings.
        { id: `${id}-apart`, type: 'rescaling', fields: { scale: 4 } },
        { id: `${id}-dense`, type: 'dense', fields: { units: sizeOf(shape), activation: 'sigmoid' } },
        { id, type: 'reshape', fields: { steps: shape[0] ?? 1 } },
      ];
    });
  return { layers: branches.flat(), ids: branches.flatMap((branch) => branch.at(-1)?.id ?? []) };
}
