/** The task over texts: its network fits whatever the data is, follows the vocabulary, and says so where it does not. */
import { describe, expect, test } from 'vitest';
import type { Column, NetworkSpec, Target } from '../../contract';
import { checkNetwork, requireValidNetwork, startingSteps, tasks, tasksFor } from '../index';
import { stepsForText, textColumn, textSteps } from '../text-input';

const task = tasks.get('text-classification');
const classes = (count: number): Target => ({
  kind: 'classes',
  classes: Array.from({ length: count }, (_, place) => `class ${place}`),
});
const column = (name: string, type: Column['type'], ...examples: string[]): Column => ({
  ...{ name, type, examples, distinct: 90, missing: 0 },
  ...{ statistics: null, histogram: [], categories: [], image: null },
});

describe('the network that it starts with', () => {
  test.each([
    [1, 2, 30, 2],
    [12, 50, 100, 3],
    [35, 10_001, 9000, 2],
    [500, 20_001, 400_000, 40],
  ])('%i places, %i codes, %i rows, %i classes', (length, codes, rows, count) => {
    const network = task.defaultNetwork([length], classes(count), { codes, rows });
    const checked = checkNetwork(network, [length], count, codes);
    expect(checked.valid).toBe(true);
    expect(checked.layers[0]?.outputShape).toEqual([length, network.layers[0]?.fields['features']]);
    expect(network.layers[0]?.fields['vocabulary']).toBe(codes);
    // A few texts cannot fill many features.
    expect(checked.trainable).toBeLessThan(codes * 64 + 64 * count + count + 1);
  });

  test('texts whose tokens are counted get a network for numbers', () => {
    const network = task.defaultNetwork([1000], classes(2), { codes: null, rows: 500 });
    expect(network.layers.map(({ type }) => type)).not.toContain('embedding');
    expect(checkNetwork(network, [1000], 2, null).valid).toBe(true);
  });
});

describe('a vocabulary that the data has outgrown', () => {
  const network: NetworkSpec = task.defaultNetwork([20], classes(2), { codes: 500, rows: 100 });

  test('is a problem of the embedding, which one click mends', () => {
    const [embedding] = checkNetwork(network, [20], 2, 800).layers;
    expect(embedding?.problem?.problem.en).toBe(
      'Embedding knows 500 codes, but the data have 800: the others would count as padding.',
    );
    const set = embedding?.problem?.repair?.set ?? {};
    const layers = network.layers.map((layer, index) =>
      index === 0 ? { ...layer, fields: { ...layer.fields, ...set } } : layer,
    );
    expect(checkNetwork({ layers }, [20], 2, 800).valid).toBe(true);
    expect(() => requireValidNetwork(network, [20], 2, 800)).toThrow('knows 500 codes');
  });

  test('is none where it is larger, or where nothing is known of the codes', () => {
    expect(checkNetwork(network, [20], 2, 400).valid).toBe(true);
    expect(checkNetwork(network, [20], 2).valid).toBe(true);
  });

  test('numbers that are no codes are not looked up', () => {
    const [embedding] = checkNetwork(network, [20], 2, null).layers;
    expect(embedding?.problem?.problem.en).toContain('the data are numbers');
    expect(embedding?.problem?.repair?.remove).toEqual(['embedding-1']);
  });

  test('an embedding further on does not read the data', () => {
    const behind: NetworkSpec = { layers: [{ id: 'flat', type: 'flatten', fields: {} }, ...network.layers] };
    expect(checkNetwork(behind, [20], 2, 800).valid).toBe(true);
  });
});

describe('the column that is learnt from', () => {
  const target = column('label', 'category', 'good');
  const [title, review] = [column('title', 'text', 'Late'), column('review', 'text', 'The soup was cold and late')];
  const columns = [title, review, target];

  test('is the one of the longest texts, until another is chosen', () => {
    expect(textColumn(columns, { target: 'label' })?.name).toBe('review');
    const chosen = stepsForText(columns, 'label', 'title');
    expect(chosen).toEqual({ title: textSteps, review: [] });
    expect(textColumn(columns, { target: 'label', steps: chosen })?.name).toBe('title');
  });

  test('is none where all were emptied', () => {
    expect(textColumn(columns, { target: 'label', steps: { title: [], review: [] } })).toBeNull();
  });

  test('texts with classes are for this task first, tables with texts among numbers are not', () => {
    const [first, second] = tasksFor({ columns }, 'label');
    expect([first?.id, second?.id]).toEqual(['text-classification', 'table-classification']);
    const mixed = [...columns, column('price', 'number', '3')];
    expect(tasksFor({ columns: mixed }, 'label')[0]?.id).toBe('table-classification');
    expect(tasksFor({ columns: mixed, finding: 'labelled-texts' }, 'label')[0]?.id).toBe('text-classification');
    expect(startingSteps(columns, 'label')).toHaveProperty('review');
    expect(task.startingSteps?.(columns, 'label')).toEqual({ review: textSteps, title: [] });
  });
});
