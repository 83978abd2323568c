/** Which screen is open. The steps of the life cycle are screens in their order; Home stands before them, others within them. */
export const steps = ['data', 'network', 'train', 'runs', 'test', 'use'] as const;
export type Step = (typeof steps)[number];
/** Search is a way to train, and the report begins at the runs. */
export type Screen = 'home' | Step | 'search' | 'report';

const beside = { search: 'train', report: 'runs' } as const satisfies Partial<Record<Screen, Step>>;

export function isScreen(name: string): name is Screen {
  return name === 'home' || Object.hasOwn(beside, name) || (steps as readonly string[]).includes(name);
}

/** Where a screen stands in the rail. */
export function railPlace(screen: Screen): 'home' | Step {
  return screen === 'search' || screen === 'report' ? beside[screen] : screen;
}

class Navigation {
  #screen = $state<Screen>('home');
  /** What a screen is to show first (a run's id on Test, for one); read once by that screen. */
  #subject = $state<string | null>(null);
  #listeners = new Set<(screen: Screen) => void>();

  get screen(): Screen {
    return this.#screen;
  }
  get subject(): string | null {
    return this.#subject;
  }

  go(screen: Screen, subject: string | null = null): void {
    this.#subject = subject;
    if (screen === this.#screen) return;
    this.#screen = screen;
    for (const listener of this.#listeners) listener(screen);
  }

  onChange(listener: (screen: Screen) => void): void {
    this.#listeners.add(listener);
  }
}

export const navigation = new Navigation();
