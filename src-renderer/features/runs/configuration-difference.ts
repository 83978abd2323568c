/**
 * What differs between runs: data, network and settings of each flattened to paths, and the paths whose values are not
 * the same in all. Names for people are given to the paths in `configuration-names.ts`.
 */
import { branchPlaces } from '../../../src-main/catalog';
import type { FieldValue, Run } from '../../../src-main/contract';

/** The part of a run that says how it was made. */
export type Configuration = Pick<Run, 'data' | 'network' | 'settings'>;

export interface Difference {
  /** e.g. `settings.learningRate`, `network.2.units`; a layer's place counts from 1. */
  readonly path: string;
  /** One value per run in their order; null where a run has no such path. */
  readonly values: readonly (FieldValue | null)[];
}

/** Every value of a configuration by its path. A layer is known by its place; its id, which is only a name, is left out. */
export function flatten(configuration: Configuration): ReadonlyMap<string, FieldValue> {
  const flat = new Map<string, FieldValue>();
  flattenInto(flat, 'data', configuration.data);
  configuration.network.layers.forEach((layer, index) => {
    flat.set(`network.${index + 1}.type`, layer.type);
    flattenInto(flat, `network.${index + 1}`, layer.fields);
    const inputs = branchPlaces(configuration.network, index);
    if (inputs !== null) flat.set(`network.${index + 1}.inputs`, inputs);
  });
  const { augmentation, ...settings } = configuration.settings;
  flattenInto(flat, 'settings', settings);
  // By their kind: which place one has in the list says little.
  for (const { type, fields } of augmentation) {
    flat.set(`settings.augmentation.${type}`, true);
    flattenInto(flat, `settings.augmentation.${type}`, fields);
  }
  return flat;
}

function flattenInto(flat: Map<string, FieldValue>, path: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) flattenInto(flat, `${path}.${name}`, inner);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    flat.set(path, value);
  }
}

/** @returns the paths on which at least two runs differ, in the order data, network (by layer), settings. */
export function configurationDifferences(configurations: readonly Configuration[]): Difference[] {
  const flats = configurations.map(flatten);
  const paths = new Set(flats.flatMap((flat) => [...flat.keys()]));
  const differences: Difference[] = [];
  for (const path of paths) {
    const values = flats.map((flat) => flat.get(path) ?? null);
    if (values.some((value) => value !== values[0])) differences.push({ path, values });
  }
  return differences.sort((a, b) => comparePaths(a.path, b.path));
}

/** Section first, then a layer's place as a number, else the order in which the paths came. */
function comparePaths(a: string, b: string): number {
  const [sectionA = '', placeA = ''] = a.split('.');
  const [sectionB = '', placeB = ''] = b.split('.');
  if (sectionA !== sectionB) return sectionA < sectionB ? -1 : 1;
  if (sectionA === 'network') return Number(placeA) - Number(placeB);
  return 0;
}
