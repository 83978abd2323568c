/** Google's speech embedding (Lin et al. 2020), pretrained to spot spoken words. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import type { FrozenPart, PretrainedWeights } from '../pretrained';
import {
  copiesOfPretrainedField,
  pretrainedLayer,
  rateOfPretrainedField,
  trainedField,
  trainedWords,
  type NamedShape,
  type Trained,
} from '../pretrained-layer';
import {
  asLearnt,
  features,
  firstTensors,
  frames,
  multiplyAddsOf,
  overWindows,
  shapeAfterFirst,
  spectrum,
  tensors,
  throughBlocks,
} from '../speech-embedding';

interface FrozenValues {
  readonly trained: Trained;
  readonly copies: number;
}

function frozenTensors(trained: Trained): readonly NamedShape[] {
  return { frozen: tensors, last: firstTensors, all: [] }[trained];
}

function frozenPart({ trained, copies }: FrozenValues, input: Shape): FrozenPart | null {
  if (trained === 'all') return null;
  const isWhole = trained === 'frozen';
  return { isWhole, shape: isWhole ? [features] : shapeAfterFirst(input), settings: [], copies };
}

function isSpectrogram([time = 0, bands, channels, ...others]: Shape): boolean {
  return time >= frames.window && bands === spectrum.bands && channels === 1 && others.length === 0;
}

/** Whether that is what the frozen blocks give, and no spectrogram. */
function isFrozenOutput(trained: Trained, [time = 0, pitch, depth]: Shape): boolean {
  const [shortest = 0, bands, filters] = shapeAfterFirst([frames.window, spectrum.bands, 1]);
  return trained === 'last' && time >= shortest && pitch === bands && depth === filters;
}

const pretrained: PretrainedWeights = {
  file: 'models/speech-embedding/weights.bin',
  sha256: '1cfa50dfb912106e664db38ed93aa1d1dadcd15988ff08d887a666c3a71a190f',
  tensors: tensors.map(({ shape }) => ({ shape, scales: 'none' })),
  // The registry holds values in their general form; they were checked against the fields.
  frozen: (values, input) => frozenPart(values as unknown as FrozenValues, input),
};

function countOf(some: readonly NamedShape[]): number {
  return some.reduce((total, { shape }) => total + shape.reduce((product, side) => product * side, 1), 0);
}

function outputShape({ trained }: { readonly trained: Trained }, input: Shape): Shape | ShapeProblem {
  if (isSpectrogram(input) || isFrozenOutput(trained, input)) return [features];
  const shape = input.join(' × ');
  return {
    problem: {
      en: `The speech embedding takes spectrograms of at least ${frames.window} frames of ${spectrum.bands} bands, but gets the shape ${shape}. Put it first, and choose the spectrogram “For the speech embedding” on the Data screen under Preparation.`,
      zh: `语音嵌入网络接收至少 ${frames.window} 帧、每帧 ${spectrum.bands} 个频带的声谱图，但得到的形状是 ${shape}。请把它放在最前面，并在“数据”页的“数据准备”中选择“语音嵌入专用”声谱图。`,
    },
  };
}

export const definition = defineLayer({
  id: 'speech-embedding',
  label: { en: 'Speech embedding', zh: '语音嵌入' },
  help: {
    en: 'A network that has already learnt to tell thousands of spoken words and phrases apart: it gives 96 numbers that say what is heard. A small layer behind it learns your words from few recordings, also of speakers it has not met. It learnt from English speech: of noises and music it makes less. It goes first and wants the spectrogram “For the speech embedding” in the preparation. It lies in the app (1.3 MB, Apache-2.0); nothing is fetched.',
    zh: '一个已学会区分数千个口语词和短语的网络：它用 96 个数描述听到了什么。后面接一个小层，就能用少量录音学会您的词语，对没听过的说话人也有效。它从英语语音中学习：对噪声和音乐作用较小。它放在最前面，数据准备中需要“语音嵌入专用”声谱图。它随应用提供（1.3 MB，Apache-2.0），不会联网下载。',
  },
  formula:
    'y = mean over windows of f(x[8t … 8t + 75]); f: 20 convolutions with max(leaky(x), −0.4) behind all but the last, 5 poolings',
  glyph: 'graduation-cap',
  group: 'pretrained',
  fields: {
    trained: trainedField({
      en: 'Frozen: it stays as it is, and what it makes of a sound is computed once and kept. Last blocks (5 of 20 convolutions) or all of it: it is fitted to your sounds too, which takes longer and wants more of them.',
      zh: '冻结：它保持不变，每段声音的特征只计算一次并保存。最后几块（20 个卷积中的 5 个）或全部：它也会适应您的声音，用时更长，也需要更多声音。',
    }),
    copies: copiesOfPretrainedField,
    rate: rateOfPretrainedField,
  },
  summary: ({ trained }) => trainedWords[trained],
  outputShape,
  parameters({ trained }, input) {
    const frozen = countOf(frozenTensors(trained));
    return { trainable: countOf(tensors) - frozen, fixed: isFrozenOutput(trained, input) ? 0 : frozen };
  },
  multiplyAdds: ({ trained }, input) => multiplyAddsOf(isFrozenOutput(trained, input) ? 'rest' : 'whole', input),
  pretrained,
  build: (tf, { trained, rate }, context) =>
    pretrainedLayer(tf, context, {
      ...{ className: 'SpeechEmbedding', weights: pretrained, tensors, rate, features },
      frozenTensors: frozenTensors(trained).length,
      // The first maps are the large ones: 0.3 MB for each tenth of a second.
      rowsAtOnce: { whole: 32, rest: 256 },
      isFrozenOutput: (input) => isFrozenOutput(trained, input),
      run(portion, weights, input) {
        const isFirst = portion === 'frozen' && trained === 'last';
        const blocks = isFirst ? 'first' : portion === 'rest' ? 'rest' : 'whole';
        const x = portion === 'rest' ? (input as ReturnType<typeof asLearnt>) : asLearnt(tf, input);
        const maps = throughBlocks(tf, blocks, weights, x);
        return isFirst ? maps : overWindows(tf, maps);
      },
    }),
  example: { input: [76, 32, 1] },
});
