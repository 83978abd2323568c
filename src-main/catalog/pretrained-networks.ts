/**
 * A network with a pretrained beginning in place of another: the layers of a block that brings one, a layer that answers, and
 * the preparation that the block needs. The window's one click and the terminal's `--preset pretrained` both put it in.
 */
import { dataSource, type Column, type DataSetup, type LayerSpec, type NetworkSpec, type Shape } from '../contract';
import { namedLayers } from './block-layers';
import type { BlockDefinition, ReplacingBlock, TaskDefinition } from './definitions';
import type { Fields, ValuesOf } from './fields';
import { blocks } from './index';
import { withSpectrogram } from './sound-input';
import { stepsForText, textColumn } from './text-input';

export function isReplacing(block: BlockDefinition): block is ReplacingBlock {
  return block.replaces !== undefined;
}

/** The block whose pretrained network reads what the task's examples are; null where there is none. */
export function pretrainedBlock({ input }: Pick<TaskDefinition, 'input'>): ReplacingBlock | null {
  return blocks.all.filter(isReplacing).find(({ replaces }) => replaces.input === input) ?? null;
}

/** The setup in which texts or sounds are prepared as the block needs it; as it was for blocks that need nothing. */
export function setupForBlock(
  { replaces: { textSteps, spectrogram } }: ReplacingBlock,
  columns: readonly Column[],
  setup: DataSetup,
): DataSetup {
  if (spectrogram) return withSpectrogram(setup, spectrogram);
  if (!textSteps) return setup;
  const inForce = columns.map((column) => ({ ...column, type: setup.types[column.name] ?? column.type }));
  const column = textColumn(inForce, setup);
  if (!column) return setup;
  return { ...setup, steps: { ...setup.steps, ...stepsForText(inForce, setup.target, column.name, textSteps) } };
}

/**
 * A network of a block and one layer that answers; null where the block doesn't take such data.
 * @param input shape of one example.
 */
export function networkOfBlock<F extends Fields>(
  block: BlockDefinition<F>,
  values: ValuesOf<F>,
  input: Shape,
  answer: LayerSpec,
): NetworkSpec | null {
  const layers = block.layers(values, input);
  if ('problem' in layers) return null;
  const fields = { ...answer.fields, ...block.replaces?.answer };
  return { layers: [...namedLayers(layers, `${block.id}-1`, dataSource), { ...answer, fields }] };
}
