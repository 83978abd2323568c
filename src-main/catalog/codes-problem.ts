/** Layers that look codes up and the data that they take: what is wrong between them, and how a network follows its data. */
import type { LayerSpec, NetworkSpec } from '../contract';
import type { LayerDefinition, ShapeProblem } from './definitions';
import { defaultsOf } from './fields';
import { graphOf } from './graph';
import { layers } from './index';

/**
 * The problem of a layer that takes the data; null where it looks nothing up or knows all codes.
 * @param codes how many different codes the data are; null where they are none.
 */
export function codesProblem(
  definition: LayerDefinition | null,
  spec: LayerSpec,
  codes: number | null,
): ShapeProblem | null {
  if (definition?.codesNeeded !== undefined && definition.codesNeeded !== codes) return otherCodes(definition, spec);
  const name = definition?.codesField;
  if (!definition || name === undefined) return null;
  const { en, zh } = definition.label;
  if (codes === null) {
    return {
      problem: {
        en: `${en} looks codes up, but the data are numbers. Give one column tokens as places in order on the Data screen under Preparation, or remove this layer.`,
        zh: `“${zh}”按编号查表，但数据是数值。请在“数据”页的“数据准备”中让一列输出按顺序的词元位置，或移除这一层。`,
      },
      repair: { label: { en: 'Remove it', zh: '移除它' }, remove: [spec.id] },
    };
  }
  const known = Number(spec.fields[name] ?? defaultsOf(definition.fields)[name]);
  if (known >= codes) return null;
  return {
    problem: {
      en: `${en} knows ${known} codes, but the data have ${codes}: the others would count as padding.`,
      zh: `“${zh}”只认识 ${known} 个编号，而数据有 ${codes} 个：其余的会被当作填充。`,
    },
    repair: { label: { en: `Set the vocabulary to ${codes}`, zh: `把词表大小设为 ${codes}` }, set: { [name]: codes } },
  };
}

/** The problem of a layer whose weights were learnt for codes of another kind than the data are. */
function otherCodes({ label: { en, zh } }: LayerDefinition, { id }: LayerSpec): ShapeProblem {
  return {
    problem: {
      en: `${en} knows only the codes of its own word pieces, and the data are something else. Give the column of texts the step “Word pieces (MiniLM)” on the Data screen under Preparation, or remove this layer.`,
      zh: `“${zh}”只认识它自己的词片段编号，而数据不是这种编号。请在“数据”页的“数据准备”中为文本列选择“词片段（MiniLM）”步骤，或移除这一层。`,
    },
    repair: { label: { en: 'Remove it', zh: '移除它' }, remove: [id] },
  };
}

/** Whether some layer looks codes up, so that the vocabulary of the data matters. */
export function looksCodesUp(network: NetworkSpec): boolean {
  return network.layers.some(({ type }) => layers.has(type) && layers.get(type).codesField !== undefined);
}

/** The network with room for all codes in the layers that look the data up; null codes leave it as it is. */
export function withCodes(network: NetworkSpec, codes: number | null): NetworkSpec {
  if (codes === null) return network;
  const { sources } = graphOf(network);
  return {
    layers: network.layers.map((spec, index) => {
      if (!layers.has(spec.type) || !(sources[index] ?? []).includes('data')) return spec;
      const set = codesProblem(layers.get(spec.type), spec, codes)?.repair?.set;
      return set ? { ...spec, fields: { ...spec.fields, ...set } } : spec;
    }),
  };
}
