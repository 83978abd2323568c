/** What main pushes, handed to the stores that want it; the bridge is listened to once, whoever is interested. */
import type { Notice } from '../../src-main/contract';

const listeners = new Map<Notice, Set<() => void>>();
let attached = false;

/** @returns a function that ends it. */
export function onNotice(notice: Notice, listener: () => void): () => void {
  attach();
  const set = listeners.get(notice) ?? new Set();
  set.add(listener);
  listeners.set(notice, set);
  return () => set.delete(listener);
}

function attach(): void {
  if (attached) return;
  attached = true;
  window.tandem.onNotice((notice) => {
    for (const listener of listeners.get(notice) ?? []) listener();
  });
}
