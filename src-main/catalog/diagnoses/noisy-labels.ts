/** Examples that the network is sure about, always with the same other class than their label: the labels may be wrong. */
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { classFactsOf, mean, percent } from '../diagnosis-parts';

/**
 * Of its sureness where it is right, what a network has where it is wrong. Hard examples it is less sure of; where labels are
 * wrong by chance, it is as sure as anywhere, since nothing in the example says so.
 */
const AS_SURE = 0.94;
/** Where it is right, on average: below it is sure of nothing. */
const SURE = 0.7;
/** Of the examples, and in number: a few such mistakes are usual. */
const SHARE = 0.05;
const FEWEST = 5;
/** It must have learnt: so far from a constant answer to a perfect one. */
const LEARNT = 0.4;
const READINGS = 3;

export const definition: DiagnosisDefinition = {
  id: 'noisy-labels',
  label: { en: 'Labels may be wrong', zh: '标签可能有误' },
  help: {
    en: 'Where a network that has learnt a task is sure of another answer than the label again and again, often the label is wrong.',
    zh: '当已学会任务的网络一再确信与标签不同的答案时，往往是标签错了。',
  },
  rank: 38,
  check(facts) {
    const found = classFactsOf(facts);
    const { said: all, tracks, probe } = facts.readings;
    if (!found || !probe || tracks.length < READINGS) return null;
    const { actual, said, sureness, rightShare, majorityShare } = found;
    if (rightShare < majorityShare + LEARNT * (1 - majorityShare)) return null;
    const count = said.length;
    // Over the newer half of the readings.
    const from = Math.floor(tracks.length / 2);
    const isSteady = (example: number) => {
      for (let at = from; at < tracks.length; at++) if (all[at * count + example] !== said[example]) return false;
      return true;
    };
    const isWrong = (example: number) => said[example] !== actual[example];
    const doubtful = [...said.keys()].filter((example) => isWrong(example) && isSteady(example));
    const surenessOf = (examples: readonly number[]) => mean(examples.map((example) => sureness[example] ?? 0));
    const right = surenessOf([...said.keys()].filter((example) => !isWrong(example)));
    if (doubtful.length < Math.max(FEWEST, SHARE * count) || right < SURE) return null;
    const wrong = surenessOf(doubtful);
    if (wrong < AS_SURE * right) return null;
    const [many, since] = [percent(doubtful.length / count), tracks[from]?.epoch ?? 1];
    return {
      text: {
        en: `${doubtful.length} of ${count} examples (${many}) have been answered with the same other class than their label since epoch ${since}, and with ${percent(wrong)} sureness on average, as right ones are with ${percent(right)}.`,
        zh: `自第 ${since} 轮起，${count} 个样本中有 ${doubtful.length} 个（${many}）一直被回答为与标签不同的同一类别，平均把握 ${percent(wrong)}，与答对时的 ${percent(right)} 相当。`,
      },
      next: {
        en: 'The check on Data lists likely wrong labels to be mended one by one.',
        zh: '“数据”中的检查会列出可能有误的标签，可逐一修正。',
      },
      evidence: {
        label: { en: 'Wrong answers by reading', zh: '各次读取的错误数' },
        values: tracks.map((_, at) => [...actual.keys()].filter((one) => all[at * count + one] !== actual[one]).length),
      },
      tab: 'predictions',
      remedy: { label: { en: 'Check the data', zh: '检查数据' }, screen: 'data', tab: 'quality' },
    };
  },
};
