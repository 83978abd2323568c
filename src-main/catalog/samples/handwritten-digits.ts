/** MNIST: the 70,000 handwritten digits on which networks have been tried since 1998. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'handwritten-digits',
  rank: 10,
  label: { en: 'Handwritten digits', zh: '手写数字' },
  help: {
    en: 'Small grey pictures of the digits 0 to 9, written by many people (MNIST). Learn to read them.',
    zh: '许多人手写的 0 到 9 的小幅灰度图片（MNIST）。学习认出它们。',
  },
  task: 'image-classification',
  rows: 70_000,
  source: 'idx',
  files: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  target: 'label',
  licence: 'MNIST, Y. LeCun, C. Cortes, C. J. C. Burges (CC BY-SA 3.0)',
  secondsToFirstResult: 6,
};
