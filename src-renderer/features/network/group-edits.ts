/**
 * Edits of several layers at once, and of the groups that a person puts them into. A group is kept beside the layers, of
 * which it names some; what is computed does not depend on it.
 */
import { behind, graphOf, inputsOf } from '../../../src-main/catalog';
import { dataSource, type LayerGroup, type NetworkSpec } from '../../../src-main/contract';
import { freeLayerId, insertLayers, moveLayer, removeLayer, type Connected } from './network-edits';

/** The group that a layer is in. */
export function groupOf({ groups = [] }: NetworkSpec, layer: string): LayerGroup | null {
  return groups.find(({ layers }) => layers.includes(layer)) ?? null;
}

/** Without layers that are gone and groups that are empty; without the list where none is left. */
function withGroups(network: NetworkSpec, groups: readonly LayerGroup[]): NetworkSpec {
  const ids = new Set(network.layers.map(({ id }) => id));
  const left = groups
    .map((group) => ({ ...group, layers: group.layers.filter((id) => ids.has(id)) }))
    .filter(({ layers }) => layers.length > 0);
  return left.length > 0 ? { layers: network.layers, groups: left } : { layers: network.layers };
}

/**
 * The groups of a network for what an edit made of it: a layer that is new and stands between layers of one group belongs to
 * it.
 */
export function keepGroups(before: NetworkSpec, after: NetworkSpec): NetworkSpec {
  if (after.groups) return withGroups(after, after.groups);
  const { groups = [] } = before;
  if (groups.length === 0) return after;
  const known = new Set(before.layers.map(({ id }) => id));
  const { takers } = graphOf(after);
  const joined = after.layers.flatMap(({ id }, index) => {
    if (known.has(id)) return [];
    const sources = inputsOf(after, index).map((source) => groupOf(before, source)?.id ?? null);
    const followers = (takers[index] ?? []).map((place) => groupOf(before, after.layers[place]?.id ?? '')?.id ?? null);
    const around = [...sources, ...followers];
    const [group = null] = around;
    const isInside = group !== null && followers.length > 0 && around.every((one) => one === group);
    return isInside ? [{ id, group }] : [];
  });
  return withGroups(
    after,
    groups.map((group) => {
      const added = joined.filter((one) => one.group === group.id).map(({ id }) => id);
      return { ...group, layers: [...group.layers, ...added] };
    }),
  );
}

/**
 * A layer outside of those given that their outputs reach and that reaches them: with it left out, what is folded would
 * take from itself by a way round. Null where there is none.
 */
export function layerBetween(network: NetworkSpec, ids: ReadonlySet<string>): string | null {
  const { takers } = graphOf(network);
  const places = network.layers.flatMap(({ id }, place) => (ids.has(id) ? [place] : []));
  const reached = new Set(places.flatMap((place) => [...behind(takers, place)]));
  const found = network.layers.find(
    ({ id }, place) =>
      !ids.has(id) && reached.has(place) && [...behind(takers, place)].some((further) => places.includes(further)),
  );
  return found?.id ?? null;
}

/** Puts layers into a new group, out of those that they were in. @returns its id too */
export function groupLayers(network: NetworkSpec, ids: ReadonlySet<string>, name: (number: number) => string) {
  const { groups = [] } = network;
  let number = 1;
  while (groups.some((group) => group.id === `@group-${number}`)) number += 1;
  const layers = network.layers.flatMap((layer) => (ids.has(layer.id) ? [layer.id] : []));
  const id = `@group-${number}`;
  const others = groups.map((group) => ({ ...group, layers: group.layers.filter((layer) => !ids.has(layer)) }));
  return { network: withGroups(network, [...others, { id, name: name(number), layers }]), id };
}

export function ungroup(network: NetworkSpec, id: string): NetworkSpec {
  return withGroups(
    network,
    (network.groups ?? []).filter((group) => group.id !== id),
  );
}

export function renameGroup(network: NetworkSpec, id: string, name: string): NetworkSpec {
  return withGroups(
    network,
    (network.groups ?? []).map((group) => (group.id === id ? { ...group, name } : group)),
  );
}

export function removeLayers(network: NetworkSpec, ids: Iterable<string>): NetworkSpec {
  return [...ids].reduce(removeLayer, network);
}

/**
 * Puts copies of layers after the last of them, connected to each other as those are; what they took from outside, their
 * first input takes from that last one.
 */
export function duplicateLayers(network: NetworkSpec, ids: ReadonlySet<string>) {
  const places = network.layers.flatMap(({ id }, place) => (ids.has(id) ? [place] : []));
  const copies = new Map<string, string>();
  for (const place of places) {
    const layer = network.layers[place];
    if (!layer) continue;
    const taken = [...network.layers, ...[...copies.values()].map((id) => ({ ...layer, id }))];
    copies.set(layer.id, freeLayerId({ layers: taken }, layer.type));
  }
  const added = places.flatMap((place): Connected[] => {
    const layer = network.layers[place];
    if (!layer) return [];
    const inputs = inputsOf(network, place).map((source, at) => copies.get(source) ?? (at === 0 ? dataSource : source));
    return [{ ...layer, id: copies.get(layer.id) ?? layer.id, fields: { ...layer.fields }, inputs }];
  });
  const next = insertLayers(network, added, (places.at(-1) ?? -1) + 1);
  return { network: next, copies: [...copies.values()] };
}

/** Moves layers that follow each other in the list one place up or down, past the layer there; null where that can't be. */
export function moveLayers(network: NetworkSpec, ids: ReadonlySet<string>, step: -1 | 1): NetworkSpec | null {
  const places = network.layers.flatMap(({ id }, place) => (ids.has(id) ? [place] : []));
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  const isRun = places.length > 0 && last - first === places.length - 1;
  const passed = network.layers[step < 0 ? first - 1 : last + 1];
  if (!isRun || !passed) return null;
  return moveLayer(network, passed.id, step < 0 ? last : first);
}

/**
 * Moves layers that follow each other in the list right behind another one, which is none of them.
 * @param after its id, or `dataSource`. @returns null where they are no run, or stand there already
 */
export function moveLayersBehind(network: NetworkSpec, ids: ReadonlySet<string>, after: string): NetworkSpec | null {
  const placeOf = (id: string) => network.layers.findIndex((layer) => layer.id === id);
  const places = [...ids].map(placeOf);
  const [first, last, wanted] = [Math.min(...places), Math.max(...places), after === dataSource ? -1 : placeOf(after)];
  const steps = wanted > last ? wanted - last : Math.min(0, wanted + 1 - first);
  let moved: NetworkSpec | null = null;
  for (let step = 0; step < Math.abs(steps); step += 1) {
    moved = moveLayers(moved ?? network, ids, steps < 0 ? -1 : 1);
    if (!moved) return null;
  }
  return moved;
}
