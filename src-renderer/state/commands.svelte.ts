/**
 * Everything that can be done by name: the palette lists it, keys start it. The frame and each screen register their
 * commands while they are on the screen.
 */
import { untrack } from 'svelte';

export interface Command {
  /** Unique, e.g. `train.start`. */
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** As people read it: `Ctrl+K`, `Ctrl+Shift+Z`, `Delete`. */
  readonly key?: string;
  /** Why it cannot be done now; the palette shows it. */
  readonly unavailable?: string | null;
  readonly run: () => void;
}

class CommandRegistry {
  #sources = $state.raw<readonly (() => readonly Command[])[]>([]);

  /** All commands at hand, in the order they were registered. */
  get all(): readonly Command[] {
    return this.#sources.flatMap((source) => source());
  }

  /**
   * @param source is called again whenever what it reads changes, the language included.
   * @returns a function that takes them away; give it back from an `$effect`.
   */
  register(source: () => readonly Command[]): () => void {
    // An effect that registers must not run again because others did.
    this.#sources = [...untrack(() => this.#sources), source];
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  /** Starts the command of a pressed key. @returns whether there was one. */
  press(event: KeyboardEvent): boolean {
    const pressed = keyOf(event);
    const command = this.all.find((candidate) => candidate.key === pressed);
    if (!command || command.unavailable) return false;
    if (!event.ctrlKey && !event.metaKey && isEditing(event.target)) return false;
    if (isEditing(event.target) && pressed.endsWith('Z')) return false;
    command.run();
    return true;
  }
}

/** `Ctrl+Shift+Z`; the command key of a Mac counts as Ctrl. */
export function keyOf(event: KeyboardEvent): string {
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const held = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : ''];
  return [...held.filter((part) => part !== ''), name === ' ' ? 'Space' : name].join('+');
}

/** Inputs in which nothing is typed. */
const untyped = /^(radio|checkbox|range)$/;

function isEditing(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && untyped.test(target.type)) return false;
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

export const commands = new CommandRegistry();
