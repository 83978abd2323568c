/** The first 600 training and 200 test pictures of MNIST, for tests and for the self-test of an installed app. */
import type { SampleDefinition } from '../definitions';

export const definition: SampleDefinition = {
  id: 'digits-small',
  rank: 90,
  label: { en: 'A few handwritten digits', zh: '少量手写数字' },
  help: {
    en: '800 pictures of the digits 0 to 9: enough to see that training works, too few to read well.',
    zh: '800 张 0 到 9 的图片：足以验证训练可行，但不足以认得准。',
  },
  task: 'image-classification',
  rows: 800,
  source: 'idx',
  files: [
    'train-images-idx3-ubyte.gz',
    'train-labels-idx1-ubyte.gz',
    't10k-images-idx3-ubyte.gz',
    't10k-labels-idx1-ubyte.gz',
  ],
  target: 'label',
  licence: 'MNIST, Y. LeCun, C. Cortes, C. J. C. Burges (CC BY-SA 3.0)',
  secondsToFirstResult: 2,
  hidden: true,
};
