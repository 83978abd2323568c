/**
 * The tabs of the Data screen, found by globbing: a new one is `tabs/<Name>.svelte`, which takes `version` and `view` and
 * says in its module script what it is called, where it stands and which data it fits.
 */
import type { Component } from 'svelte';
import type { DatasetVersion } from '../../../src-main/contract';
import type { DataView } from './data-view.svelte';

export interface DataTab {
  readonly id: string;
  /** Left to right: samples 10, columns or classes 20, split 30, and so on. */
  readonly order: number;
  label(version: DatasetVersion): string;
  /** A count after the label. */
  badge?(version: DatasetVersion): string;
  /** Absent where it fits all data. */
  fits?(version: DatasetVersion): boolean;
  /** It has the inspector's room too, for what it shows beside its own. */
  readonly wide?: boolean;
}

export type TabView = Component<{ version: DatasetVersion; view: DataView }>;

const modules = import.meta.glob<{ readonly tab: DataTab; readonly default: TabView }>('./tabs/*.svelte', {
  eager: true,
});

const known = Object.values(modules).sort((one, other) => one.tab.order - other.tab.order);

/** The tabs that fit a version, left to right. */
export function tabsFor(version: DatasetVersion): { readonly tab: DataTab; readonly view: TabView }[] {
  return known.filter(({ tab }) => tab.fits?.(version) ?? true).map(({ tab, default: view }) => ({ tab, view }));
}
