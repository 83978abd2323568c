/**
 * The language of the window as a rune: messages read it when they render, so that a switch redraws the words in place,
 * without a reload.
 */
import type { Locale } from '../../src-main/contract';
import { overwriteGetLocale } from './generated/runtime';

class LocaleState {
  #current = $state<Locale>('en');

  get current(): Locale {
    return this.#current;
  }

  set(locale: Locale): void {
    this.#current = locale;
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  }
}

export const locale = new LocaleState();

overwriteGetLocale(() => locale.current);
