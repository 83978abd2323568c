/** Runs that differ by their seed alone: the same data, network and settings, trained again from another beginning. */
import type { DataSetup, NetworkSpec, TrainingSettings } from '../../contract';

interface Configured {
  readonly id: string;
  readonly data: DataSetup;
  readonly network: NetworkSpec;
  readonly settings: TrainingSettings;
}

/** The same text for runs that differ by their seed alone. A layer is known by its place, its id is only a name; how layers are grouped to be drawn is left out. */
export function setupKey({ data, network, settings }: Omit<Configured, 'id'>): string {
  const places = new Map(network.layers.map(({ id }, place) => [id, `#${place}`]));
  return JSON.stringify([data, network.layers, { ...settings, seed: 0 }], (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string') return places.get(value) ?? value;
    if (key === 'inputs' && Array.isArray(value)) return value.map((id: string) => places.get(id) ?? id);
    // Keys in one order, whatever order they were written in.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });
}

/** Cheap to tell, for thousands of runs: those whose marks differ have not the same setup. */
export function setupMark({ data, network, settings }: Omit<Configured, 'id'>): string {
  const { learningRate, batchSize, epochs, optimizer } = settings;
  return [data.versionId, data.task, network.layers.length, learningRate, batchSize, epochs, optimizer.type].join('|');
}

/** Those of `all` that differ from one run by their seed alone, itself among them. */
export function runsAlike<Run extends Configured>(run: Omit<Configured, 'id'>, all: readonly Run[]): Run[] {
  const [mark, key] = [setupMark(run), setupKey(run)];
  return all.filter((other) => setupMark(other) === mark && setupKey(other) === key);
}

/** @returns groups in the order of their first run; most hold one run only. */
export function seedGroups<Run extends Configured>(runs: readonly Run[]): Run[][] {
  return groupsOf(runs, setupKey);
}

/** The same of runs whose setups are known by their keys. */
export function groupsOf<Run>(runs: readonly Run[], keyOf: (run: Run) => string): Run[][] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = keyOf(run);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()];
}

/** @returns so many seeds that none of `taken` is: the numbers after the largest, or from 0 where that is the last. */
export function furtherSeeds(taken: readonly number[], count: number): number[] {
  const used = new Set(taken);
  const seeds: number[] = [];
  for (let seed = Math.max(0, ...taken) + 1; seeds.length < count; seed++) {
    if (seed > 0xffffffff) seed = 0;
    if (!used.has(seed)) seeds.push(seed);
  }
  return seeds;
}
