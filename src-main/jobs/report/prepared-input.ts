/** How a column became numbers, in words. */
import { steps } from '../../catalog';
import type { PreparedInput } from '../../catalog/report';
import type { Text } from '../../contract';
import type { InputRecipe } from '../../data/prepared';

export function preparedInput(recipe: InputRecipe): PreparedInput {
  return { column: recipe.column, how: howOf(recipe) };
}

function howOf(recipe: InputRecipe): Text {
  switch (recipe.kind) {
    case 'standardize': {
      const [mean, deviation] = [recipe.mean, recipe.standardDeviation].map((value) => Number(value.toPrecision(6)));
      return {
        en: `(value − ${mean}) / ${deviation}${recipe.hasMissing ? ', and whether it is missing' : ''}`,
        zh: `(值 − ${mean}) / ${deviation}${recipe.hasMissing ? '，以及是否缺失' : ''}`,
      };
    }
    case 'one-hot': {
      const list = recipe.categories.slice(0, 20).join(', ') + (recipe.categories.length > 20 ? ', …' : '');
      const count = recipe.categories.length;
      return { en: `0 or 1 for each of ${count} categories: ${list}`, zh: `${count} 个类别各为 0 或 1：${list}` };
    }
    case 'pixels':
      return {
        en: `pixels ${recipe.shape.join(' × ')}, each multiplied by ${Number(recipe.scale.toPrecision(6))}`,
        zh: `像素 ${recipe.shape.join(' × ')}，每个乘以 ${Number(recipe.scale.toPrecision(6))}`,
      };
    case 'log-mel':
      return {
        en: `log-mel spectrogram ${recipe.shape.join(' × ')} at ${recipe.rate} samples per second`,
        zh: `对数梅尔频谱 ${recipe.shape.join(' × ')}，每秒 ${recipe.rate} 个采样`,
      };
    case 'steps':
    case 'pictures':
      return stepsText(recipe.steps);
  }
}

function stepsText(chain: readonly { readonly type: string }[]): Text {
  const labels = chain.map(({ type }) => (steps.has(type) ? steps.get(type).label : { en: type, zh: type }));
  return { en: labels.map(({ en }) => en).join(' → ') || '–', zh: labels.map(({ zh }) => zh).join(' → ') || '–' };
}
