/** What choosing a pretrained network changes: the network, and for texts their preparation, without which it can't be trained. */
import { expect, test } from 'vitest';
import type { Column, DataSetup, Target } from '../contract';
import {
  checkNetwork,
  defaultsOf,
  networkOfBlock,
  pretrainedBlock,
  setupForBlock,
  spectrogramOf,
  spectrograms,
  tasks,
  textSteps,
  withSpectrogram,
} from './index';

const target: Target = { kind: 'classes', classes: ['good', 'bad'] };
const answer = { id: 'dense-7', type: 'dense', fields: { units: 2, activation: 'linear' } };

function proposed(task: string, input: readonly number[]) {
  const block = pretrainedBlock(tasks.get(task));
  return block && networkOfBlock(block, defaultsOf(block.fields), input, answer);
}

test('pictures, sounds and texts have one, tables have none', () => {
  expect(proposed('image-classification', [28, 28, 1])?.layers.map(({ type }) => type)).toEqual([
    ...['efficientnet-lite0', 'dropout', 'dense'],
  ]);
  expect(proposed('text-classification', [48])?.layers[0]?.type).toBe('minilm-l6');
  expect(proposed('audio-classification', [67, 40, 1])?.layers.map(({ type }) => type)).toEqual([
    ...['speech-embedding', 'batch-normalization', 'rescaling', 'dropout', 'dense'],
  ]);
  expect(pretrainedBlock(tasks.get('table-classification'))).toBeNull();
  expect(proposed('text-classification', [48, 2])).toBeNull();
});

test('the one for texts needs codes of its own pieces, and says so where the data are other codes or none', () => {
  const network = proposed('text-classification', [48])!;
  const outputs = tasks.get('text-classification').outputs(target);
  expect(checkNetwork(network, [48], outputs, 30_522)).toMatchObject({ valid: true, trainable: 384 * 2 + 2 });
  for (const codes of [1200, null]) {
    const { valid, layers } = checkNetwork(network, [48], outputs, codes);
    expect(valid).toBe(false);
    expect(layers[0]?.problem?.problem.en).toContain('Word pieces (MiniLM)');
  }
  expect(checkNetwork(network, [513], outputs, 30_522).layers[0]?.problem?.problem.zh).toContain('512');
});

test('the one for sounds needs its own spectrogram, and says so where the data are others', () => {
  const network = proposed('audio-classification', [67, 40, 1])!;
  const outputs = tasks.get('audio-classification').outputs(target);
  expect(checkNetwork(network, [164, 32, 1], outputs)).toMatchObject({ valid: true, trainable: 96 * 2 + 2 + 2 * 96 });
  for (const shape of [
    [164, 40, 1],
    [67, 32, 1],
  ]) {
    const { valid, layers } = checkNetwork(network, shape, outputs);
    expect(valid).toBe(false);
    expect(layers[0]?.problem?.problem.en).toContain(spectrograms.get('speech-embedding').label.en);
  }
  const setup = { target: 'digit', types: {} } as unknown as DataSetup;
  const prepared = setupForBlock(pretrainedBlock(tasks.get('audio-classification'))!, [], setup);
  expect(spectrogramOf(prepared).id).toBe('speech-embedding');
  expect(withSpectrogram(prepared, 'log-mel')).toEqual(setup);
});

test('its preparation goes to the column that is learnt from, also where another type than the one found is in force', () => {
  const column = (name: string, type: Column['type']) =>
    ({ name, type, examples: ['some words'] }) as unknown as Column;
  const columns = [column('title', 'text'), column('review', 'category'), column('label', 'category')];
  const setup = { target: 'label', types: { review: 'text' }, steps: { title: [], review: [...textSteps] } };
  const block = pretrainedBlock(tasks.get('text-classification'))!;
  const { steps } = setupForBlock(block, columns, setup as unknown as DataSetup);
  expect(steps).toEqual({ title: [], review: [{ type: 'word-pieces', fields: { length: 0 } }] });
  const pictures = pretrainedBlock(tasks.get('image-classification'))!;
  expect(setupForBlock(pictures, columns, setup as unknown as DataSetup)).toBe(setup);
});
