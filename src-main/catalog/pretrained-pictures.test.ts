/** What the block of a pretrained network for pictures proposes for pictures of different sizes. */
import { expect, test } from 'vitest';
import type { Shape } from '../contract';
import { blocks, defaultsOf } from './index';

function proposed(input: Shape) {
  const block = blocks.get('pretrained-pictures');
  const layers = block.layers(defaultsOf(block.fields), input);
  return 'problem' in layers ? layers.problem.en : layers[0]?.fields['side'];
}

test('small pictures are enlarged at most five times, none beyond what the network learnt with', () => {
  expect(
    [
      [8, 8, 3],
      [28, 28, 1],
      [32, 32, 3],
      [64, 48, 3],
      [480, 640, 3],
    ].map(proposed),
  ).toEqual([96, 140, 160, 224, 224]);
});

test('data that are no pictures are refused by name', () => {
  expect(proposed([12])).toContain('needs pictures');
});
