/** What a model expects, as people and forms read it, from the recipe of its inputs. */
import { windowOf } from '../../catalog';
import type { ColumnType, ModelInfo } from '../../contract';
import type { Preparation } from '../../data/prepared';

export function modelInputs(preparation: Preparation): ModelInfo['inputs'] {
  // All known steps of a column are written one after the other.
  if (preparation.forecast) return preparation.inputs.map(({ column }) => ({ column, type: 'text', categories: [] }));
  return preparation.inputs.map((recipe) => {
    switch (recipe.kind) {
      case 'standardize':
        return { column: recipe.column, type: 'number', categories: [] };
      case 'one-hot':
        return { column: recipe.column, type: 'category', categories: recipe.categories };
      case 'log-mel':
        return { column: recipe.column, type: 'audio', categories: [] };
      case 'pixels':
      case 'pictures':
        return { column: recipe.column, type: 'image', categories: [] };
      case 'steps':
        return {
          column: recipe.column,
          type: windowOf(recipe.steps) ? 'text' : formOf(recipe.type),
          categories: recipe.categories,
        };
    }
  });
}

/** How a value of this type is given. */
function formOf(type: ColumnType): ModelInfo['inputs'][number]['type'] {
  return type === 'number' || type === 'category' ? type : 'text';
}
