/** The keys of the Label tab: which presses are for it, what they do, and those that come while a label is being written. */
import { keyOf } from '../../state/commands.svelte';

export interface DeskKeys {
  go(steps: number): void;
  /** Takes what is proposed, where something is, and goes on. */
  accept(): void;
  /** Takes what the other one of two who disagree says, and goes on; without two it is as `accept`. */
  acceptOther(): void;
  clear(): void;
  undo(): void;
  play(): void;
  help(): void;
  hasProposal(): boolean;
}

const inputs = 'input, textarea, select, [contenteditable]';
/** What has keys of its own while it has the focus. */
const floats = '[role="dialog"], [role="menu"], [role="tablist"], [role="grid"]';

export function isUndo(event: KeyboardEvent): boolean {
  return keyOf(event) === 'Ctrl+Z';
}

/** Keys typed into fields, dialogs and lists are theirs, and Enter or Space on a button is a click. */
export function isForLabels(event: KeyboardEvent): boolean {
  const { target, key, defaultPrevented } = event;
  if (defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return false;
  if (target.closest(inputs) || target.closest(floats) || document.querySelector('[role="dialog"]')) return false;
  return !((key === 'Enter' || key === ' ') && target.closest('button, a, [role="button"], [role="switch"]'));
}

/** @returns whether the key was one of the tab's */
export function pressDesk({ key, shiftKey }: KeyboardEvent, keys: DeskKeys): boolean {
  const page = 10;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowRight: () => keys.go(1),
    ArrowDown: () => keys.go(1),
    ArrowLeft: () => keys.go(-1),
    ArrowUp: () => keys.go(-1),
    PageDown: () => keys.go(page),
    PageUp: () => keys.go(-page),
    Home: () => keys.go(Number.NEGATIVE_INFINITY),
    Enter: shiftKey ? keys.acceptOther : keys.accept,
    ' ': () => (keys.hasProposal() ? keys.accept() : keys.play()),
    Backspace: keys.clear,
    u: keys.undo,
    U: keys.undo,
    p: keys.play,
    P: keys.play,
    '?': keys.help,
  };
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
  action?.();
  return action !== undefined;
}

/** Presses in their order: one that comes while a label is on its way to the disk waits, as it is meant for the next row. */
export class KeyLine {
  readonly #isBusy: () => boolean;
  readonly #take: (event: KeyboardEvent) => boolean;
  #waiting: KeyboardEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(isBusy: () => boolean, take: (event: KeyboardEvent) => boolean) {
    this.#isBusy = isBusy;
    this.#take = take;
  }

  /** @returns whether the key is taken, now or later */
  press(event: KeyboardEvent): boolean {
    if (!this.#isBusy() && this.#waiting.length === 0) return this.#take(event);
    if (event.key === 'Tab') return false;
    this.#waiting.push(event);
    this.drain();
    return true;
  }

  /** Takes what waits. The editor goes on to the next row only after it was told that its label is kept: a turn later. */
  drain(): void {
    if (this.#timer !== null || this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#isBusy()) return;
      const event = this.#waiting.shift();
      if (event) this.#take(event);
      this.drain();
    });
  }
}
