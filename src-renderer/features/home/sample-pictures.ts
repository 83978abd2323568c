/** Pictures of samples, found by the sample's id: a new sample may bring `pictures/<id>.svelte`. */
import type { Component } from 'svelte';

const modules = import.meta.glob<Component>('./pictures/*.svelte', { eager: true, import: 'default' });

export function samplePicture(sampleId: string | null): Component | null {
  return (sampleId && modules[`./pictures/${sampleId}.svelte`]) || null;
}
