/** What is wrong with how layers are connected, said at the layer, with a repair where one click mends it. */
import { dataSource, type NetworkSpec, type Text } from '../contract';
import type { LayerDefinition, ShapeProblem } from './definitions';
import { behind, inputsOf, type NetworkGraph } from './graph';

/** The problem of a layer's place in the graph; null where there is none. @param index in the list. */
export function connectionProblem(network: NetworkSpec, graph: NetworkGraph, index: number): ShapeProblem | null {
  const layer = network.layers[index];
  if (!layer) return null;
  if (network.layers.findIndex(({ id }) => id === layer.id) < index) {
    return said(`Another layer has the name "${layer.id}" already.`, `已有另一层名为“${layer.id}”。`);
  }
  const sources = graph.sources[index] ?? [];
  const inputs = inputsOf(network, index);
  const unknown = inputs.filter((_, place) => sources[place] === null);
  if (unknown.length > 0) {
    const names = unknown.map((id) => `"${id}"`).join(', ');
    const left = inputs.filter((_, place) => sources[place] !== null);
    const said = {
      en: `It takes its input from ${names}, but there is no such layer.`,
      zh: `它的输入来自 ${names}，但没有这样的层。`,
    };
    return { problem: said, repair: takeFrom(network, graph, index, left) };
  }
  if (sources.length === 0) {
    return {
      ...said('It takes no input, so no data reaches it.', '它没有输入，数据到不了这里。'),
      repair: takeFrom(network, graph, index, []),
    };
  }
  if (graph.cyclic.has(index)) {
    return {
      ...said(
        'Its input comes from its own output by a way round, so it can never begin.',
        '它的输入绕回来自它自己的输出，无法开始计算。',
      ),
      repair: takeFrom(network, graph, index, []),
    };
  }
  return unusedProblem(network, graph, index);
}

/** A layer takes as many inputs as its kind does. */
export function inputCountProblem(definition: LayerDefinition, count: number, id: string): ShapeProblem | null {
  const { minimum, maximum } = definition.inputs;
  if (count < minimum) {
    const names = definition.inputNames;
    return {
      ...(names
        ? namedInputsMissing(definition, names, count)
        : said(
            `${definition.label.en} joins ${minimum} or more branches, but takes only ${count}. Choose another input for it.`,
            `“${definition.label.zh}”合并至少 ${minimum} 个分支，但只有 ${count} 个输入。请再选择一个输入。`,
          )),
      repair: { label: { en: 'Remove it', zh: '移除它' }, remove: [id] },
    };
  }
  if (count <= maximum) return null;
  const problem = said(
    `${definition.label.en} takes ${maximum === 1 ? 'one input' : `${maximum} inputs`}, but gets ${count}.`,
    `“${definition.label.zh}”只能有 ${maximum} 个输入，但得到 ${count} 个。`,
  );
  if (maximum > 1) return problem;
  const label = { en: 'Join them with Concatenate', zh: '用“拼接”合并它们' };
  return { ...problem, repair: { label, insertBefore: 'concatenate', on: 'all' } };
}

function namedInputsMissing({ label }: LayerDefinition, names: readonly Text[], count: number): { problem: Text } {
  const [missing] = names.slice(count);
  return said(
    `${label.en} takes ${names.length} inputs, ${names.map(({ en }) => en.toLowerCase()).join(' and ')}, but gets ${count}. Choose a layer for “${missing?.en ?? ''}”.`,
    `“${label.zh}”需要 ${names.length} 个输入（${names.map(({ zh }) => zh).join('、')}），但只有 ${count} 个。请为“${missing?.zh ?? ''}”选择一层。`,
  );
}

/** Every layer but the last must be taken from, as the network has one output. */
function unusedProblem(network: NetworkSpec, graph: NetworkGraph, index: number): ShapeProblem | null {
  if (graph.output === index || (graph.takers[index] ?? []).length > 0) return null;
  const problem = said(
    'No layer takes its output, so it has no effect: the output of the network is that of its last layer.',
    '没有任何层使用它的输出，因此它不起作用：网络的输出是最后一层的输出。',
  );
  const useless = network.layers.flatMap(({ id }, place) => {
    const reached = behind(graph.takers, place);
    const ends = [...reached].filter((end) => (graph.takers[end] ?? []).length === 0);
    return place === index || (ends.length > 0 && ends.every((end) => end === index)) ? [id] : [];
  });
  const label =
    useless.length === 1
      ? { en: 'Remove it', zh: '移除它' }
      : { en: `Remove its branch (${useless.length} layers)`, zh: `移除该分支（${useless.length} 层）` };
  return { ...problem, repair: { label, remove: useless } };
}

/** Goes on with those inputs that are sound; with the nearest layer above it where there are none. */
function takeFrom(network: NetworkSpec, graph: NetworkGraph, index: number, left: readonly string[]) {
  const inputs = left.length > 0 ? left : [nearest(network, graph, index)];
  const number = network.layers.findIndex(({ id }) => id === inputs[0]) + 1;
  const label: Text =
    left.length > 0
      ? { en: 'Take it out of the inputs', zh: '从输入中去掉它' }
      : number === 0
        ? { en: 'Take the data as input', zh: '以数据为输入' }
        : { en: `Take layer ${number} as input`, zh: `以第 ${number} 层为输入` };
  return { label, inputs };
}

/** The layer before it in the list that it doesn't feed; the data where there is none. */
function nearest({ layers }: NetworkSpec, { takers }: NetworkGraph, index: number): string {
  const reached = behind(takers, index);
  return layers.slice(0, index).findLast((_, place) => !reached.has(place))?.id ?? dataSource;
}

function said(en: string, zh: string): { problem: Text } {
  return { problem: { en, zh } };
}
