/** Short messages that float for a few seconds: what was done, with its undo; and errors with no better place to stand. */
import { errorWords } from '../i18n';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly hint: string | null;
  readonly tone: 'plain' | 'error';
  readonly undo: (() => void) | null;
}

const milliseconds = { plain: 8_000, error: 20_000 };

class Toasts {
  #shown = $state.raw<readonly Toast[]>([]);
  #next = 1;

  get shown(): readonly Toast[] {
    return this.#shown;
  }

  show(text: string, options: { undo?: () => void } = {}): void {
    this.#add({ text, hint: null, tone: 'plain', undo: options.undo ?? null });
  }

  /** For failures of a click that has no page of its own to show them. */
  error(error: unknown): void {
    const { message, hint } = errorWords(error);
    this.#add({ text: message, hint, tone: 'error', undo: null });
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, 'id'>): void {
    const id = this.#next++;
    this.#shown = [...this.#shown.slice(-2), { ...toast, id }];
    setTimeout(() => this.dismiss(id), milliseconds[toast.tone]);
  }
}

export const toasts = new Toasts();
