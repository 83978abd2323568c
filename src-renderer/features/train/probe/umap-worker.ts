/** UMAP beside the window: some hundred milliseconds that would hold it up. */
import { umapPlaces } from './umap-places';

interface Question {
  readonly places: Float32Array;
  readonly axes: number;
  readonly before: Float32Array | null;
}

self.onmessage = ({ data: { places, axes, before } }: MessageEvent<Question>) =>
  self.postMessage(umapPlaces(places, axes, before));
