/** What the chosen augmentations make of one picture: asked for at each change; the newest question is answered next. */
import { untrack } from 'svelte';
import { previewVariants, type AugmentationPreview, type AugmentedPictures } from '../../../src-main/contract';
import { client } from '../../ipc/client';

/** Everything but which picture and which draws. */
type PreviewChoices = Pick<AugmentationPreview, 'setup' | 'augmentation' | 'seed'>;

export class PreviewPictures {
  #sample = $state(0);
  #step = $state(0);
  #answer = $state.raw<AugmentedPictures | null>(null);
  #error = $state.raw<unknown>(null);
  #busy = $state(false);
  #waiting: AugmentationPreview | null = null;

  /** The row shown and its label; null until the first answer. */
  get answer(): AugmentedPictures | null {
    return this.#answer;
  }
  get error(): unknown {
    return this.#error;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Of training, from 0. */
  get step(): number {
    return this.#step;
  }

  /** Pixels of the picture as it is, then of its variants; nulls until the first answer. */
  get pictures(): readonly (Uint8Array | null)[] {
    const { answer } = this;
    const size = answer ? answer.height * answer.width * answer.channels : 0;
    return Array.from(
      { length: 1 + previewVariants },
      (_, at) => answer?.pixels.subarray(at * size, (at + 1) * size) ?? null,
    );
  }

  anotherSample(): void {
    this.#sample += 1;
  }

  anotherStep(): void {
    this.#step += 1;
  }

  /** Asks for the pictures of these choices, for the sample and step that are on; an effect runs again when those change. */
  show(choices: PreviewChoices): void {
    this.#waiting = { ...choices, sample: this.#sample, step: this.#step };
    untrack(() => void this.#ask());
  }

  async #ask(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting) {
      const asked: AugmentationPreview = this.#waiting;
      this.#waiting = null;
      try {
        this.#answer = await client.augmentation.preview(asked);
        this.#error = null;
      } catch (error) {
        this.#error = error;
      }
    }
    this.#busy = false;
  }
}
