/**
 * Fits a preparation: what of the training rows decides how every later input becomes numbers. No other row is looked at,
 * so that the test stays a test.
 */
import {
  applyChain,
  codesAfter,
  fitChain,
  presentOf,
  ratingOrder,
  requireValidSteps,
  spectrogramOf,
  spread,
  tasks,
  textColumn,
  textSteps,
  windowOf,
} from '../catalog';
import { definition as oneHot } from '../catalog/steps/one-hot';
import { CodedError, type Column, type DataSetup, type DatasetVersion, type Step, type Target } from '../contract';
import { sizedTarget } from './anomalies';
import { effectiveType } from './columns';
import type { LibraryPaths } from './paths';
import {
  blackPicture,
  changed,
  pictureRecipe,
  readTrainingPictures,
  sizeOf,
  type PictureRecipe,
} from './picture-recipe';
import type { InputRecipe, Preparation } from './prepared';
import { fitLogMel } from './sounds/recipe';
import { keepTraining, noRows, readTraining } from './step-rows';
import type { DividedRows } from './target';

/** What a pixel of 1 is to the network: pixels from 0 to 255 become 0 to 1. */
const PIXEL = 1 / 255;

/** Inputs that a column of categories becomes at most, where no steps are chosen. */
export const MOST_CATEGORIES = 100;

/** What of a setup decides which columns are inputs, and how. */
export type InputChoices = Pick<
  DataSetup,
  'target' | 'types' | 'weightColumn' | 'steps' | 'task' | 'split' | 'spectrogram'
>;

/**
 * @throws CodedError `inputs-missing` where no column is left to learn from; `definition-unknown`, `field-invalid`,
 *   `step-out-of-place` and `step-without-numbers` for chosen steps
 */
export async function fitPreparation(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<Preparation> {
  const recipes =
    (await wholeInput(library, version, setup, rows)) ?? (await tableInputs(library, version, setup, rows));
  if (recipes.length === 0) {
    throw new CodedError('inputs-missing', { column: setup.target });
  }
  const inputShape = shapeOf(recipes, setup);
  return {
    v: formOf(recipes),
    inputs: recipes,
    inputShape,
    target: sizedTarget(rows.target, inputShape),
    targetColumn: setup.target,
    targetScale: targetScale(rows.target, rows),
  };
}

/** The oldest form of saved preparations that has what these say: an app that knows only older ones refuses it. */
function formOf(recipes: readonly InputRecipe[]): Preparation['v'] {
  if (recipes.some((recipe) => recipe.kind === 'log-mel' && recipe.within)) return 4;
  return recipes.some(({ kind }) => kind === 'steps' || kind === 'pictures') ? 2 : 1;
}

/** How many numbers one value of a column becomes. */
export function widthOf(recipe: InputRecipe): number {
  switch (recipe.kind) {
    case 'standardize':
      return recipe.hasMissing ? 2 : 1;
    case 'one-hot':
      return recipe.categories.length;
    case 'log-mel':
    case 'pixels':
    case 'pictures':
      return sizeOf(recipe.shape);
    case 'steps':
      return recipe.width;
  }
}

/** Of a series its steps, one number each. */
export function shapeOf(recipes: readonly InputRecipe[], setup?: Pick<DataSetup, 'task'>): number[] {
  const [first] = recipes;
  if (first?.kind === 'pixels' || first?.kind === 'pictures' || first?.kind === 'log-mel') return [...first.shape];
  const width = recipes.reduce((sum, recipe) => sum + widthOf(recipe), 0);
  return setup && takesSeries(setup) ? [width, 1] : [width];
}

/** What is one input as a whole: a column of pictures or of sounds, or the numbers of a series. @throws CodedError as `requireValidSteps` */
export async function wholeInput(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputRecipe[] | null> {
  return (
    (await pictureInput(library, version, setup, rows)) ??
    (await soundInput(library, version, setup, rows)) ??
    (await seriesInput(library, version, setup, rows))
  );
}

/** The first picture column, if any: then it alone is the input. @throws CodedError as `requireValidSteps` */
async function pictureInput(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputRecipe[] | null> {
  const column = version.columns.find(
    (each) => each.name !== setup.target && each.image && effectiveType(each, setup) === 'image',
  );
  if (!column?.image) return null;
  const { height, width, channels } = column.image;
  const stored = [height, width, channels];
  const chosen = chosenSteps(setup, column.name);
  if (!chosen || chosen.length === 0) return [{ kind: 'pixels', column: column.name, shape: stored, scale: PIXEL }];
  requireValidSteps(chosen, { name: column.name, type: 'image' });
  const fit = () => fitPictures(library, version, rows, { column: column.name, stored, chosen });
  return [await remembered(library, version, setup, { column: column.name, type: 'image', chosen }, fit)];
}

/**
 * The recipe of the pictures alone; null for a table. Pictures without chosen steps are shown with those of their type.
 * @throws CodedError as `requireValidSteps`
 */
export async function fitPicturesOf(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<PictureRecipe | null> {
  const recipes = await pictureInput(library, version, setup, rows);
  return recipes && pictureRecipe({ inputs: recipes });
}

async function fitPictures(
  library: LibraryPaths,
  version: DatasetVersion,
  rows: DividedRows,
  { column, stored, chosen }: { readonly column: string; readonly stored: number[]; readonly chosen: readonly Step[] },
): Promise<InputRecipe> {
  const steps = fitChain(chosen, await readTrainingPictures(library, version, rows, { column, stored }));
  const { height, width, channels, normalization } = changed(steps, blackPicture(stored));
  const saved = normalization && { mean: [...normalization.mean], deviation: [...normalization.deviation] };
  return {
    kind: 'pictures',
    column,
    stored,
    steps,
    shape: [height, width, channels],
    scale: PIXEL,
    normalization: saved,
  };
}

/** The first column of sounds, if any: then it alone is the input. */
async function soundInput(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputRecipe[] | null> {
  const column = version.columns.find((each) => effectiveType(each, setup) === 'audio');
  if (!column?.audio) return null;
  const { name, audio } = column;
  const spectrogram = spectrogramOf(setup);
  return [await fitLogMel(library, version, { name, rate: audio.rate, spectrogram }, rows.parts)];
}

/**
 * All numbers of a row as one series: standardized by one mean and one deviation, so that the shape of each series stays.
 * Null for other tasks; a missing number becomes the mean.
 */
async function seriesInput(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputRecipe[] | null> {
  if (!takesSeries(setup)) return null;
  const columns = inputColumns(version, setup).filter((column) => effectiveType(column, setup) === 'number');
  const spreads = [];
  for (const { name } of columns) {
    const training = await readTraining(library, version, rows, { column: name, type: 'number', window: null });
    if (training.kind === 'numbers') spreads.push(spread(presentOf(training, 0)));
  }
  const mean = spreads.reduce((sum, one) => sum + one.mean, 0) / spreads.length;
  const squares = spreads.reduce((sum, one) => sum + one.standardDeviation ** 2 + (one.mean - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / spreads.length) || 1;
  return columns.map(({ name }) => ({ kind: 'standardize', column: name, mean, standardDeviation, hasMissing: false }));
}

function takesSeries({ task }: Pick<DataSetup, 'task'>): boolean {
  return tasks.has(task) && tasks.get(task).input === 'series';
}

/** Column by column, so that memory stays flat with columns. */
async function tableInputs(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputRecipe[]> {
  const recipes: InputRecipe[] = [];
  for (const column of inputColumns(version, setup)) {
    const recipe = await fitColumn(library, version, setup, rows, column);
    if (recipe && widthOf(recipe) > 0) recipes.push(recipe);
  }
  return withSharedCodes(recipes, setup);
}

/** The columns that may be inputs: not what is learnt, nor how much a row counts; of texts the one that is learnt from. */
export function inputColumns(version: DatasetVersion, setup: InputChoices): Column[] {
  if (takesText(setup)) {
    const column = learntText(version, setup);
    return column ? [column] : [];
  }
  const inputs = version.columns.filter(({ name }) => name !== setup.target && name !== setup.weightColumn);
  return takesRatings(setup) ? ratingOrder(inputs) : inputs;
}

/** Ratings look all their codes up in one table: each column's begin where those of the column before it end. */
export function withSharedCodes(recipes: readonly InputRecipe[], setup: InputChoices): InputRecipe[] {
  if (!takesRatings(setup)) return [...recipes];
  let before = 0;
  return recipes.map((recipe) => {
    const codes = recipe.kind === 'steps' ? codesAfter(recipe.steps) : null;
    if (recipe.kind !== 'steps' || codes === null) return recipe;
    const shared = { ...recipe, codesBefore: before };
    before += codes - 1;
    return shared;
  });
}

/** How many different codes the inputs are; null where they are no codes. */
export function codesOf(recipes: readonly InputRecipe[]): number | null {
  const codes = recipes.map((recipe) => {
    const own = recipe.kind === 'steps' ? codesAfter(recipe.steps) : null;
    return recipe.kind !== 'steps' || own === null ? null : own + (recipe.codesBefore ?? 0);
  });
  const known = codes.filter((count) => count !== null);
  return known.length > 0 && known.length === codes.length ? Math.max(...known) : null;
}

function takesText({ task }: Pick<DataSetup, 'task'>): boolean {
  return tasks.has(task) && tasks.get(task).input === 'text';
}

function takesRatings({ task }: Pick<DataSetup, 'task'>): boolean {
  return tasks.has(task) && tasks.get(task).input === 'ratings';
}

function learntText(version: DatasetVersion, setup: InputChoices): Column | null {
  const columns = version.columns.map((column) => ({ ...column, type: effectiveType(column, setup) }));
  const name = textColumn(columns, setup)?.name;
  return version.columns.find((column) => column.name === name) ?? null;
}

/** The steps that a person chose for a column; undefined where it keeps the recipe of its type. */
export function chosenSteps({ steps }: Pick<DataSetup, 'steps'>, column: string): readonly Step[] | undefined {
  return steps && Object.hasOwn(steps, column) ? steps[column] : undefined;
}

/** Null where the column is no input. @throws CodedError as `requireValidSteps` */
export async function fitColumn(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
  { name: column, ...found }: Column,
): Promise<InputRecipe | null> {
  const type = effectiveType({ name: column, ...found }, setup);
  const isLearntText = takesText(setup) && learntText(version, setup)?.name === column;
  const chosen = chosenSteps(setup, column) ?? (isLearntText ? textSteps : undefined);
  if (type === 'ignored' || type === 'image' || (chosen?.length === 0 && type !== 'number')) return null;
  if (chosen) {
    requireValidSteps(chosen, { name: column, type });
    const own = { column, type, chosen };
    return remembered(library, version, setup, own, () => fitOnTraining(library, version, rows, own));
  }
  if (type !== 'number' && type !== 'category') return null;
  const training = await readTraining(library, version, rows, { column, type, window: null });
  if (training.kind === 'numbers') {
    const present = presentOf(training, 0);
    return { kind: 'standardize', column, ...spread(present), hasMissing: present.length < training.values.length };
  }
  return { kind: 'one-hot', column, ...oneHot.fit(training, { most: MOST_CATEGORIES, others: false }) };
}

interface ChosenColumn {
  readonly column: string;
  readonly type: Column['type'];
  readonly chosen: readonly Step[];
}

/** The last few, since a setup is fitted again at each of its edits, and learning words takes long. */
const fitted = new Map<string, Promise<InputRecipe>>();
const KEPT = 50;

/** A recipe by all that it hangs on; one that failed is tried again. */
function remembered(
  library: LibraryPaths,
  version: DatasetVersion,
  { task, target, split }: InputChoices,
  own: ChosenColumn,
  fit: () => Promise<InputRecipe>,
): Promise<InputRecipe> {
  const key = JSON.stringify([library.paths.versions, version.id, own, task, target, split]);
  const known = fitted.get(key);
  if (known) return known;
  const made = fit();
  fitted.set(key, made);
  made.catch(() => fitted.delete(key));
  const [oldest] = fitted.keys();
  if (fitted.size > KEPT && oldest) fitted.delete(oldest);
  return made;
}

async function fitOnTraining(
  library: LibraryPaths,
  version: DatasetVersion,
  rows: DividedRows,
  { column, type, chosen }: ChosenColumn,
): Promise<InputRecipe> {
  const window = windowOf(chosen);
  const training = await readTraining(library, version, rows, { column, type, window });
  const chain = fitChain(chosen, training);
  const made = applyChain(chain, noRows({ type, window }));
  const width = made.kind === 'numbers' ? made.width + (made.missing ? 1 : 0) : 0;
  const categories =
    type === 'category' && training.kind === 'texts'
      ? oneHot.fit(training, { most: MOST_CATEGORIES, others: false }).categories
      : [];
  return { kind: 'steps', column, type, categories, steps: chain, width };
}

function targetScale(target: Target, rows: DividedRows): Preparation['targetScale'] {
  if (target.kind !== 'number') return { mean: 0, standardDeviation: 1 };
  const training = keepTraining(rows.parts, rows.numbers.slice());
  return spread(presentOf({ kind: 'numbers', width: 1, values: training, missing: null }, 0));
}
