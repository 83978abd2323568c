/** The icons that layers name; one that is not listed here is drawn as a plain box. */
import AudioWaveform from '@lucide/svelte/icons/audio-waveform';
import Box from '@lucide/svelte/icons/box';
import Brain from '@lucide/svelte/icons/brain-circuit';
import Eraser from '@lucide/svelte/icons/eraser';
import Minimize from '@lucide/svelte/icons/minimize-2';
import Network from '@lucide/svelte/icons/network';
import Refresh from '@lucide/svelte/icons/refresh-cw';
import Repeat from '@lucide/svelte/icons/repeat-2';
import Rows from '@lucide/svelte/icons/rows-3';
import Scaling from '@lucide/svelte/icons/scaling';
import Scan from '@lucide/svelte/icons/scan';
import Spline from '@lucide/svelte/icons/spline';
import Split from '@lucide/svelte/icons/table-rows-split';
import Plus from '@lucide/svelte/icons/plus';
import Times from '@lucide/svelte/icons/x';
import Equal from '@lucide/svelte/icons/equal';
import ChevronsUp from '@lucide/svelte/icons/chevrons-up';
import Combine from '@lucide/svelte/icons/combine';
import GitMerge from '@lucide/svelte/icons/git-merge';
import GitFork from '@lucide/svelte/icons/git-fork';
import Gauge from '@lucide/svelte/icons/gauge';
import type { Component } from 'svelte';

export type Glyph = Component<{ size?: number }>;

const glyphs: Readonly<Record<string, Glyph>> = {
  'audio-waveform': AudioWaveform,
  'brain-circuit': Brain,
  eraser: Eraser,
  gauge: Gauge,
  'git-fork': GitFork,
  'git-merge': GitMerge,
  combine: Combine,
  'chevrons-up': ChevronsUp,
  equal: Equal,
  x: Times,
  plus: Plus,
  'minimize-2': Minimize,
  network: Network,
  'refresh-cw': Refresh,
  'repeat-2': Repeat,
  'rows-3': Rows,
  scaling: Scaling,
  scan: Scan,
  spline: Spline,
  'table-rows-split': Split,
};

export function glyphOf(name: string | undefined): Glyph {
  return (name !== undefined && Object.hasOwn(glyphs, name) ? glyphs[name] : undefined) ?? Box;
}
