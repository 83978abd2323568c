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
import AlignVerticalDistributeCenter from '@lucide/svelte/icons/align-vertical-distribute-center';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import ArrowDownLeft from '@lucide/svelte/icons/arrow-down-left';
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import BetweenVerticalStart from '@lucide/svelte/icons/between-vertical-start';
import Blocks from '@lucide/svelte/icons/blocks';
import BookA from '@lucide/svelte/icons/book-a';
import ChartNetwork from '@lucide/svelte/icons/chart-network';
import ChartNoAxesColumnDecreasing from '@lucide/svelte/icons/chart-no-axes-column-decreasing';
import ChevronsUp from '@lucide/svelte/icons/chevrons-up';
import Combine from '@lucide/svelte/icons/combine';
import CopyPlus from '@lucide/svelte/icons/copy-plus';
import Crop from '@lucide/svelte/icons/crop';
import Equal from '@lucide/svelte/icons/equal';
import Expand from '@lucide/svelte/icons/expand';
import Eye from '@lucide/svelte/icons/eye';
import Frame from '@lucide/svelte/icons/frame';
import Layers from '@lucide/svelte/icons/layers';
import Layers2 from '@lucide/svelte/icons/layers-2';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Plus from '@lucide/svelte/icons/plus';
import Ruler from '@lucide/svelte/icons/ruler';
import ScanLine from '@lucide/svelte/icons/scan-line';
import ScanSearch from '@lucide/svelte/icons/scan-search';
import Shrink from '@lucide/svelte/icons/shrink';
import Scissors from '@lucide/svelte/icons/scissors';
import Sigma from '@lucide/svelte/icons/sigma';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import UnfoldHorizontal from '@lucide/svelte/icons/unfold-horizontal';
import Waypoints from '@lucide/svelte/icons/waypoints';
import X from '@lucide/svelte/icons/x';
import GitMerge from '@lucide/svelte/icons/git-merge';
import GitFork from '@lucide/svelte/icons/git-fork';
import GraduationCap from '@lucide/svelte/icons/graduation-cap';
import Gauge from '@lucide/svelte/icons/gauge';
import type { Component } from 'svelte';

export type Glyph = Component<{ size?: number }>;

const glyphs: Readonly<Record<string, Glyph>> = {
  'audio-waveform': AudioWaveform,
  'brain-circuit': Brain,
  eraser: Eraser,
  gauge: Gauge,
  'git-fork': GitFork,
  'graduation-cap': GraduationCap,
  'git-merge': GitMerge,
  'minimize-2': Minimize,
  network: Network,
  'refresh-cw': Refresh,
  'repeat-2': Repeat,
  'rows-3': Rows,
  scaling: Scaling,
  scan: Scan,
  spline: Spline,
  'table-rows-split': Split,
  'align-vertical-distribute-center': AlignVerticalDistributeCenter,
  'arrow-left-right': ArrowLeftRight,
  'arrow-down-left': ArrowDownLeft,
  'arrow-right-left': ArrowRightLeft,
  'between-vertical-start': BetweenVerticalStart,
  blocks: Blocks,
  'book-a': BookA,
  'chart-network': ChartNetwork,
  'chart-no-axes-column-decreasing': ChartNoAxesColumnDecreasing,
  'chevrons-up': ChevronsUp,
  combine: Combine,
  'copy-plus': CopyPlus,
  crop: Crop,
  equal: Equal,
  expand: Expand,
  eye: Eye,
  frame: Frame,
  layers: Layers,
  'layers-2': Layers2,
  'list-ordered': ListOrdered,
  plus: Plus,
  ruler: Ruler,
  'scan-line': ScanLine,
  'scan-search': ScanSearch,
  shrink: Shrink,
  scissors: Scissors,
  sigma: Sigma,
  'trending-up': TrendingUp,
  'unfold-horizontal': UnfoldHorizontal,
  waypoints: Waypoints,
  x: X,
};

export function glyphOf(name: string | undefined): Glyph {
  return (name !== undefined && Object.hasOwn(glyphs, name) ? glyphs[name] : undefined) ?? Box;
}
