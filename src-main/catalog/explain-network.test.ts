import { expect, test } from 'vitest';
import type { NetworkSpec, Target } from '../contract';
import { explainNetwork } from './explain-network';
import { layers } from './index';
import { checkNetwork } from './network';

const target: Target = { kind: 'classes', classes: ['no', 'yes'] };
const network: NetworkSpec = {
  layers: [
    { id: 'flatten-1', type: 'flatten', fields: {} },
    { id: 'dense-1', type: 'dense', fields: { units: 8, activation: 'relu' } },
    { id: 'dense-2', type: 'dense', fields: { units: 2, activation: 'linear' } },
  ],
};

test('tells what comes in and out, what the layers do, and where the numbers lie', () => {
  const checked = checkNetwork(network, [4, 4, 1], 2);
  const { whole, layers: explained } = explainNetwork(network, checked, [4, 4, 1], target);
  expect(whole.en).toBe(
    'An example comes in as 4 × 4 × 1 numbers; out comes one number for each of 2 classes, the largest of which is the answer. Between them are 3 layers: 2 mix or bend all numbers, 1 only rearranges. It learns 154 numbers, 88% of them in Dense (dense-1); an answer takes 144 multiplications.',
  );
  expect(whole.zh).toBe(
    '一个样本以 4 × 4 × 1 个数输入，输出 2 个类别各一个数，其中最大的就是答案。中间有 3 层：2 层混合或弯曲所有数值，1 层只改变排列。共学习 154 个参数，其中 88% 在全连接（dense-1）中；每次回答需要 144 次乘法。',
  );
  expect(explained.map(({ id }) => id)).toEqual(['flatten-1', 'dense-1', 'dense-2']);
  expect(explained[0]?.sentence.en).toMatch(/^Lays all values .*\. It takes 4 × 4 × 1, gives 16 and learns nothing\.$/);
  expect(explained[1]?.name.en).toBe('Dense · 8 · ReLU');
  expect(explained[1]?.sentence.zh).toMatch(/。输入 16，输出 8，学习 136 个参数。$/);
});

test('a layer with a problem says the problem', () => {
  const broken: NetworkSpec = { layers: [{ id: 'dense-1', type: 'dense', fields: { units: 2 } }] };
  const { layers: explained } = explainNetwork(broken, checkNetwork(broken, [4, 4, 1], 2), [4, 4, 1], target);
  expect(explained[0]?.sentence.en).toContain('4 × 4 × 1');
  expect(explained[0]?.sentence.en).not.toContain('It takes');
});

test.each(layers.all.map((layer) => [layer.id, layer] as const))('%s has a whole sentence', (id, layer) => {
  const { inputs } = layer.example;
  const spec: NetworkSpec = {
    layers: [{ id: 'tested', type: id, fields: {}, inputs: inputs.map(() => '@data') }],
  };
  const [input = []] = inputs;
  const { layers: explained } = explainNetwork(spec, checkNetwork(spec, input, 1), input, target);
  for (const words of Object.values(explained[0]?.sentence ?? {})) expect(words).toMatch(/[^.。][.。]$/);
});
