/**
 * The networks that a task offers to begin with: three sizes, from what answers soonest to what is right most often, and
 * others by name where a task has several ways that are worth comparing.
 */
import type { FieldValues, NetworkSpec, Shape, Target, Text, TrainingSettings } from '../contract';

export const presetIds = ['tiny', 'balanced', 'accurate'] as const;
export type PresetId = (typeof presetIds)[number];

/** What of the data decides a network beside the shape of one example. */
export interface DataFacts {
  /** How many different codes the inputs are, for an embedding to look up; null where they are no codes. */
  readonly codes: number | null;
  /** Training rows. */
  readonly rows: number;
}

/** @param inputShape of one prepared example, without the batch. */
export type PresetNetwork = (inputShape: Shape, target: Target, data: DataFacts) => NetworkSpec;
export type Presets = Readonly<Record<PresetId, PresetNetwork>>;

/** A network that a task offers beside its three sizes. */
export interface NamedPreset {
  /** Unique among the presets of its task. */
  readonly id: string;
  readonly label: Text;
  readonly help: Text;
  /** What it is to be trained with, where that differs from the task's settings. */
  readonly settings?: Partial<TrainingSettings>;
  /** Null where the data are not of the kind that it reads. */
  readonly network: (...data: Parameters<PresetNetwork>) => NetworkSpec | null;
}

/** What of a task its presets are. */
export interface PresetSource {
  readonly presets: Presets;
  readonly namedPresets?: readonly NamedPreset[];
}

/** A preset for the data at hand. */
export interface OfferedPreset {
  readonly id: string;
  readonly label: Text;
  readonly help: Text;
  readonly settings?: Partial<TrainingSettings>;
  readonly network: NetworkSpec;
}

export const presetWords: Readonly<Record<PresetId, { readonly label: Text; readonly help: Text }>> = {
  tiny: {
    label: { en: 'Tiny', zh: '小型' },
    help: { en: 'Trains in the least time; good for a first look.', zh: '训练用时最短，适合先看看效果。' },
  },
  balanced: {
    label: { en: 'Balanced', zh: '均衡' },
    help: { en: 'Right more often for a moderate time of training.', zh: '以适中的训练时间换取更高的正确率。' },
  },
  accurate: {
    label: { en: 'Accurate', zh: '精确' },
    help: {
      en: 'Learns the most where there are enough examples, and takes the longest.',
      zh: '样本足够多时学得最好，用时也最长。',
    },
  },
};

/** All presets of a task that suit the data: its three sizes first. */
export function offeredPresets(source: PresetSource, ...data: Parameters<PresetNetwork>): readonly OfferedPreset[] {
  const sizes = presetIds.map((id) => ({ id, ...presetWords[id], network: source.presets[id](...data) }));
  const named = (source.namedPresets ?? []).flatMap((preset) => {
    const network = preset.network(...data);
    return network ? [{ ...preset, network }] : [];
  });
  return [...sizes, ...named];
}

/** Which preset a network is, for the data at hand; null for one of a person's own. */
export function presetOf(
  source: PresetSource,
  network: NetworkSpec,
  ...data: Parameters<PresetNetwork>
): OfferedPreset | null {
  const own = written(network);
  return offeredPresets(source, ...data).find((preset) => written(preset.network) === own) ?? null;
}

/** Storage may have changed the order of a layer's properties. */
function written({ layers }: NetworkSpec): string {
  const fieldsOf = (fields: FieldValues) => Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(layers.map(({ id, type, fields, inputs = null }) => [id, type, fieldsOf(fields), inputs]));
}
