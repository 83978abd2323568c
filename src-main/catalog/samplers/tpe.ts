/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011): of the trials so far the best make one density over the values,
 * all others a second, and the next values are those of some draws from the first that are likeliest by it and least by the
 * second. Parameters that are searched together are drawn together; those under a condition by the trials that had them.
 */
import type { FieldValues, SearchParameter, Trial } from '../../contract';
import { integer } from '../fields';
import { generator, type Generator } from '../random';
import type { SamplerDefinition, SamplerRequest } from '../sampler-definitions';
import { drawValues, isThere, keyOf, uniform, valueAt } from '../sampling/draw';
import { densityOf } from '../sampling/parzen';
import { rankTrials } from '../sampling/ranking';
import { mostDimensions, scrambledSobolPoint } from '../sampling/sobol';

const fields = {
  startup: integer({
    label: { en: 'Spread at first', zh: '起始均匀尝试' },
    help: {
      en: 'So many trials are spread evenly before anything is learnt from them.',
      zh: '先均匀分布这么多次尝试，再开始从中学习。',
    },
    default: 10,
    minimum: 1,
    maximum: 1000,
  }),
  candidates: integer({
    label: { en: 'Draws per trial', zh: '每次候选数' },
    help: {
      en: 'Of so many draws that look like the best trials, the most promising is tried. More exploit, fewer explore.',
      zh: '从这么多个类似最佳尝试的候选中选出最有希望的一个。越多越偏向利用，越少越偏向探索。',
    },
    default: 24,
    minimum: 1,
    maximum: 1000,
  }),
};

/** The newest trials count in full, older ones less and less, as in Hyperopt and Optuna. */
const fullWeight = 25;
/** The share of trials that are the best, and the most that are. */
const bestShare = 0.1;
const mostBest = 25;

export const definition: SamplerDefinition<typeof fields> = {
  id: 'tpe',
  label: { en: 'Learning from trials (TPE)', zh: '从尝试中学习（TPE）' },
  help: {
    en: 'Tries values like those of the best trials so far and unlike the rest. Needs some trials to learn from, then finds good values sooner than chance.',
    zh: '尝试与目前最佳的尝试相似、与其余不同的值。需要先有一些尝试可学，之后比随机更快找到好的值。',
  },
  fields,
  next(request) {
    const { parameters, trials, number, seed } = request;
    const ranked = rankTrials(trials, request);
    const next = generator(seed, number);
    const informed = ranked.filter(({ state }) => state !== 'failed').length;
    if (informed < request.fields.startup) return spread(parameters, number, seed, next);
    const seen = new Set(trials.map(({ values }) => keyOf(values)));
    // The same values would give the same trial again.
    for (let turn = 0; turn < 4; turn++) {
      const values = drawn(request, ranked, next);
      if (!seen.has(keyOf(values))) return values;
    }
    return unseen(parameters, seen, next);
  },
};

function spread(parameters: readonly SearchParameter[], number: number, seed: number, next: Generator): FieldValues {
  return drawValues(parameters, (range, place) =>
    valueAt(range, place < mostDimensions ? scrambledSobolPoint(number - 1, place, seed) : uniform(next)),
  );
}

/** Where all values are used up, anything will do. */
function unseen(parameters: readonly SearchParameter[], seen: ReadonlySet<string>, next: Generator): FieldValues {
  let values: FieldValues = {};
  for (let turn = 0; turn < 20; turn++) {
    values = drawValues(parameters, (range) => valueAt(range, uniform(next)));
    if (!seen.has(keyOf(values))) return values;
  }
  return values;
}

/** Group by group: what is searched under the same condition is drawn together, after what the condition asks. */
function drawn(
  { parameters, fields: { candidates } }: SamplerRequest<typeof fields>,
  ranked: readonly Trial[],
  next: Generator,
) {
  let values: FieldValues = {};
  const groups = groupsOf(parameters);
  // Conditions look back: a group's own parameters may be asked by groups that begin later only.
  for (const group of inOrder(groups)) {
    const [first] = group;
    if (first && isThere(first, values)) values = { ...values, ...bestOf(group, ranked, candidates, next) };
  }
  return ordered(parameters, values);
}

/** Parameters that are searched under one condition, or under none. */
function groupsOf(parameters: readonly SearchParameter[]): SearchParameter[][] {
  const groups = new Map<string, SearchParameter[]>();
  for (const parameter of parameters) {
    const condition = JSON.stringify(parameter.when ?? null);
    groups.set(condition, [...(groups.get(condition) ?? []), parameter]);
  }
  return [...groups.values()];
}

/** Groups after the group that their condition looks at. */
function inOrder(groups: SearchParameter[][]): SearchParameter[][] {
  const depth = (group: readonly SearchParameter[]): number => {
    const path = group[0]?.when?.path;
    const owner = path === undefined ? undefined : groups.find((other) => other.some((one) => one.path === path));
    return owner ? 1 + depth(owner) : 0;
  };
  return groups.sort((one, other) => depth(one) - depth(other));
}

function bestOf(
  group: readonly SearchParameter[],
  ranked: readonly Trial[],
  candidates: number,
  next: Generator,
): FieldValues {
  const informed = ranked.filter(({ values }) => group.every(({ path }) => Object.hasOwn(values, path)));
  const count = Math.min(mostBest, Math.ceil(bestShare * informed.length));
  const [good, rest] = [informed.slice(0, count), informed.slice(count)].map((some) => densityFrom(group, some));
  if (!good || !rest) return {};
  let best = { values: good.draw(next), score: -Infinity };
  for (let turn = 0; turn < candidates; turn++) {
    const values = turn === 0 ? best.values : good.draw(next);
    const score = good.logOf(values) - rest.logOf(values);
    if (score > best.score) best = { values, score };
  }
  return best.values;
}

function densityFrom(group: readonly SearchParameter[], trials: readonly Trial[]) {
  const byAge = trials.toSorted((one, other) => one.number - other.number);
  const ramp = byAge.length - fullWeight;
  const weights = byAge.map((_, at) => (at >= ramp ? 1 : (at + 1) / (ramp + 1)));
  return densityOf(
    group,
    byAge.map(({ values }) => values),
    { weights, priorWeight: 1 },
  );
}

function ordered(parameters: readonly SearchParameter[], values: FieldValues): FieldValues {
  return Object.fromEntries(
    parameters.flatMap(({ path }) => {
      const value = values[path];
      return value === undefined ? [] : [[path, value]];
    }),
  );
}
