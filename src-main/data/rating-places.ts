/** Where in prepared ratings the codes of the user and the item stand, and whom they stand for. */
import { itemColumn, steps, userColumn } from '../catalog';
import { widthOf } from './fit';
import type { InputRecipe, Preparation } from './prepared';
import { typeOf } from './step-rows';

/** A column of identities whose code is one number of each example. */
export interface CodedIdentity {
  readonly column: string;
  readonly place: number;
  /** What a code stands for. @param code above 0, as it stands in an example. */
  nameOf(code: number): string;
  /** 0 for one that no training row has. */
  codeOf(name: string): number;
}

export interface RatingIdentities {
  readonly user: CodedIdentity;
  readonly item: CodedIdentity;
}

/** Null where the inputs are no ratings, or their users or items were given steps that make no codes. */
export function ratingIdentities({ inputs }: Pick<Preparation, 'inputs'>): RatingIdentities | null {
  const columns = inputs.map((recipe) => ({ name: recipe.column, recipe }));
  const [user, item] = [userColumn(columns), itemColumn(columns)].map(
    (found) => found && identityOf(inputs, found.recipe),
  );
  return user && item ? { user, item } : null;
}

function identityOf(inputs: readonly InputRecipe[], recipe: InputRecipe): CodedIdentity | null {
  if (recipe.kind !== 'steps' || recipe.codesBefore === undefined) return null;
  const before = recipe.codesBefore;
  const [only] = recipe.steps;
  if (recipe.steps.length !== 1 || only?.type !== 'category-index') return null;
  const { codeName, codes } = steps.get(only.type);
  const count = codes?.(only.fitted, {}) ?? 1;
  const names = Array.from({ length: count - 1 }, (_, at) => codeName?.(only.fitted, at + 1) ?? '');
  const known = new Map(names.map((name, at) => [name, at + 1 + before]));
  const place = inputs.slice(0, inputs.indexOf(recipe)).reduce((sum, other) => sum + widthOf(other), 0);
  return {
    column: recipe.column,
    place,
    nameOf: (code) => names[code - 1 - before] ?? '',
    codeOf: (name) => known.get(name) ?? 0,
  };
}

/** Whether what stands at a place of an example is of the user, or of the item, whoever rates it. */
interface Describing {
  readonly describesUser: (place: number) => boolean;
  readonly describesItem: (place: number) => boolean;
}

/** Columns beside the identities that say something of users, and of items. */
export function describingColumns(
  preparation: Pick<Preparation, 'inputs'>,
  describing: Describing,
): { user: string[]; item: string[] } {
  const identities = ratingIdentities(preparation);
  const found: { user: string[]; item: string[] } = { user: [], item: [] };
  let place = 0;
  for (const recipe of preparation.inputs) {
    const own = Array.from({ length: widthOf(recipe) }, (_, at) => place + at);
    place += own.length;
    if (recipe.column === identities?.user.column || recipe.column === identities?.item.column) continue;
    if (own.some((at) => describing.describesItem(at))) found.item.push(recipe.column);
    else if (own.some((at) => describing.describesUser(at))) found.user.push(recipe.column);
  }
  return found;
}

/** The first column of texts that describes items, such as titles. */
export function textOfItems({ inputs }: Pick<Preparation, 'inputs'>, describing: Describing): string | null {
  const { item } = describingColumns({ inputs }, describing);
  return inputs.find((recipe) => typeOf(recipe) === 'text' && item.includes(recipe.column))?.column ?? null;
}
