/** A network in plain words, made of what the catalog says of its layers: the whole in a paragraph, each layer in a sentence. */
import type { NetworkSpec, Shape, Target, Text } from '../contract';
import type { LayerDefinition } from './definitions';
import { parseFields } from './fields';
import type { CheckedLayer, CheckedNetwork } from './network';

export interface ExplainedLayer {
  readonly id: string;
  /** Its kind, and its main setting where it has one. */
  readonly name: Text;
  readonly sentence: Text;
}

export interface ExplainedNetwork {
  readonly whole: Text;
  /** In the order of the network's list. */
  readonly layers: readonly ExplainedLayer[];
}

type Group = LayerDefinition['group'];

/** What the layers of a group do, behind their number. */
const doings: Readonly<Record<Group, { readonly one: string; readonly several: string; readonly zh: string }>> = {
  attention: {
    one: 'looks words up or relates steps to each other',
    several: 'look words up or relate steps to each other',
    zh: '查词表或让各步互相关联',
  },
  convolution: {
    one: 'looks for patterns among neighbours',
    several: 'look for patterns among neighbours',
    zh: '在相邻数值中寻找图案',
  },
  pooling: {
    one: 'keeps the largest or the mean of each patch',
    several: 'keep the largest or the mean of each patch',
    zh: '保留每一小块的最大值或平均值',
  },
  recurrent: {
    one: 'reads step by step and remembers',
    several: 'read step by step and remember',
    zh: '逐步读取并记忆',
  },
  core: { one: 'mixes or bends all numbers', several: 'mix or bend all numbers', zh: '混合或弯曲所有数值' },
  pretrained: {
    one: 'brings what it learnt before from other data',
    several: 'bring what they learnt before from other data',
    zh: '带来先前从其他数据学到的知识',
  },
  merge: { one: 'joins branches', several: 'join branches', zh: '合并分支' },
  regularization: {
    one: 'steadies training or keeps it from learning by heart',
    several: 'steady training or keep it from learning by heart',
    zh: '稳定训练或防止死记硬背',
  },
  shape: { one: 'only rearranges', several: 'only rearrange', zh: '只改变排列' },
};

/** @param inputShape of one example, without the batch. */
export function explainNetwork(
  network: NetworkSpec,
  checked: CheckedNetwork,
  inputShape: Shape,
  target: Target,
): ExplainedNetwork {
  const layers = checked.layers.map((layer, index): ExplainedLayer => {
    const fields = network.layers[index]?.fields ?? {};
    return { id: layer.id, name: nameOf(layer, fields), sentence: sentenceOf(layer) };
  });
  return { whole: wholeOf(checked, inputShape, target), layers };
}

function nameOf({ id, definition }: CheckedLayer, fields: NetworkSpec['layers'][number]['fields']): Text {
  if (!definition) return { en: id, zh: id };
  const { label } = definition;
  try {
    const summary = definition.summary(parseFields(definition.fields, fields, label.en));
    return {
      en: summary.en === '' ? label.en : `${label.en} · ${summary.en}`,
      zh: summary.zh === '' ? label.zh : `${label.zh} · ${summary.zh}`,
    };
  } catch {
    // Fields that are not valid are told of in the sentence.
    return label;
  }
}

function sentenceOf({ definition, inputShapes, outputShape, parameters, problem }: CheckedLayer): Text {
  if (problem) return problem.problem;
  if (!definition) return { en: '', zh: '' };
  const does = { en: firstOf(definition.help.en, '. '), zh: firstOf(definition.help.zh, '。') };
  if (!inputShapes || !outputShape) return does;
  const [taken, given] = [inputShapes.map(shapeOf).join(' + '), shapeOf(outputShape)];
  const { trainable } = parameters;
  return {
    en: `${does.en} It takes ${taken}, gives ${given} and learns ${trainable === 0 ? 'nothing' : `${grouped(trainable)} ${trainable === 1 ? 'number' : 'numbers'}`}.`,
    zh: `${does.zh}输入 ${taken}，输出 ${given}，${trainable === 0 ? '不学习任何参数' : `学习 ${grouped(trainable)} 个参数`}。`,
  };
}

function wholeOf(checked: CheckedNetwork, inputShape: Shape, target: Target): Text {
  const count = checked.layers.length;
  const out =
    target.kind === 'classes'
      ? {
          en: `out comes one number for each of ${target.classes.length} classes, the largest of which is the answer`,
          zh: `输出 ${target.classes.length} 个类别各一个数，其中最大的就是答案`,
        }
      : target.kind === 'reconstruction'
        ? {
            en: `out comes the same example again, ${grouped(target.size)} numbers, as well as the network can give it back`,
            zh: `输出同一个样本，共 ${grouped(target.size)} 个数，即网络所能还原的样子`,
          }
        : { en: 'out comes one number, the estimate', zh: '输出一个数，即估计值' };
  const groups = (Object.keys(doings) as Group[])
    .map((group) => ({ group, count: checked.layers.filter(({ definition }) => definition?.group === group).length }))
    .filter((each) => each.count > 0);
  const done = {
    en: groups.map((each) => `${each.count} ${doings[each.group][each.count === 1 ? 'one' : 'several']}`).join(', '),
    zh: groups.map((each) => `${each.count} 层${doings[each.group].zh}`).join('，'),
  };
  const cost = costOf(checked);
  return {
    en: `An example comes in as ${shapeOf(inputShape)} numbers; ${out.en}. Between them ${count === 1 ? 'is 1 layer' : `are ${count} layers`}: ${done.en}.${cost.en}`,
    zh: `一个样本以 ${shapeOf(inputShape)} 个数输入，${out.zh}。中间有 ${count} 层：${done.zh}。${cost.zh}`,
  };
}

/** How much it learns, where most of that lies, and what an example costs. */
function costOf({ layers, trainable, multiplyAdds }: CheckedNetwork): Text {
  if (trainable === 0) return { en: '', zh: '' };
  const [largest] = [...layers].sort((one, other) => other.parameters.trainable - one.parameters.trainable);
  const share = Math.round((100 * (largest?.parameters.trainable ?? 0)) / trainable);
  const name = largest?.definition?.label ?? { en: '', zh: '' };
  return {
    en: ` It learns ${grouped(trainable)} numbers, ${share}% of them in ${name.en} (${largest?.id ?? ''}); an answer takes ${grouped(multiplyAdds)} multiplications.`,
    zh: `共学习 ${grouped(trainable)} 个参数，其中 ${share}% 在${name.zh}（${largest?.id ?? ''}）中；每次回答需要 ${grouped(multiplyAdds)} 次乘法。`,
  };
}

function firstOf(words: string, end: string): string {
  const at = words.indexOf(end);
  return at < 0 ? words : words.slice(0, at + 1);
}

function shapeOf(shape: Shape): string {
  return shape.join(' × ');
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
