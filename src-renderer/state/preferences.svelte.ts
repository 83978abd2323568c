/** Language, theme and where the app was left: kept by main, followed by the document. */
import { defaultPreferences, type Locale, type Preferences, type RecordingDevice } from '../../src-main/contract';
import { locale } from '../i18n';
import { client } from '../ipc/client';
import { toasts } from './toasts.svelte';

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

class PreferenceState {
  #kept = $state.raw<Preferences>(defaultPreferences);
  #systemLocale: Locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  #systemIsDark = $state(systemDark.matches);

  constructor() {
    systemDark.addEventListener('change', (event) => (this.#systemIsDark = event.matches));
  }

  get locale(): Preferences['locale'] {
    return this.#kept.locale;
  }
  get theme(): Preferences['theme'] {
    return this.#kept.theme;
  }
  /** The theme that is seen; canvases read it to know when to draw again. */
  get shownTheme(): 'light' | 'dark' {
    if (this.#kept.theme !== 'system') return this.#kept.theme;
    return this.#systemIsDark ? 'dark' : 'light';
  }

  get networkView(): Preferences['networkView'] {
    return this.#kept.networkView;
  }

  get parallelRuns(): Preferences['parallelRuns'] {
    return this.#kept.parallelRuns;
  }

  /** The chosen device's id; null for the system's. */
  device(kind: RecordingDevice): string | null {
    return this.#kept[kind];
  }

  /** Reads what was kept. @returns it, for reopening where the app was left. */
  async load(): Promise<Preferences> {
    this.#kept = await client.app.preferences();
    this.#apply();
    return this.#kept;
  }

  set(change: Partial<Preferences>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#apply();
    client.app.setPreferences(change).catch((error: unknown) => toasts.error(error));
  }

  followSystemLocale(systemLocale: Locale): void {
    this.#systemLocale = systemLocale;
    this.#apply();
  }

  #apply(): void {
    locale.set(this.#kept.locale === 'system' ? this.#systemLocale : this.#kept.locale);
    if (this.#kept.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.#kept.theme;
  }
}

export const preferences = new PreferenceState();
