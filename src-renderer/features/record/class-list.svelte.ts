/** The classes that are recorded into, each with what was recorded: clips of sound, or pictures. */
import { m } from '../../i18n';

export interface RecordedClass<Item> {
  readonly id: number;
  readonly name: string;
  readonly items: readonly Item[];
}

export class ClassList<Item extends { readonly id: string }> {
  #all = $state.raw<readonly RecordedClass<Item>[]>([]);
  #nextId = 0;

  /** @param names of the classes to begin with; two without a name of their own where it is empty. */
  constructor(names: readonly string[]) {
    for (const name of names) this.add(name);
    for (let count = 0; names.length === 0 && count < 2; count += 1) this.add();
  }

  get all(): readonly RecordedClass<Item>[] {
    return this.#all;
  }
  get itemCount(): number {
    return this.#all.reduce((sum, { items }) => sum + items.length, 0);
  }

  add(name?: string): void {
    this.#nextId += 1;
    const id = this.#nextId;
    const own = name ?? m.sound_class_number({ number: this.#all.length + 1 });
    this.#all = [...this.#all, { id, name: own, items: [] }];
  }

  remove(id: number): void {
    this.#all = this.#all.filter((one) => one.id !== id);
  }

  rename(id: number, name: string): void {
    this.#change(id, (one) => ({ ...one, name }));
  }

  put(id: number, item: Item): void {
    this.#change(id, (one) => ({ ...one, items: [...one.items, item] }));
  }

  take(id: number, item: string): void {
    this.#change(id, (one) => ({ ...one, items: one.items.filter((each) => each.id !== item) }));
  }

  /** Forgets what was recorded; the classes stay. */
  empty(): void {
    this.#all = this.#all.map((one) => ({ ...one, items: [] }));
  }

  /** What was recorded, each with its class. */
  labelled(): { readonly item: Item; readonly label: string }[] {
    return this.#all.flatMap(({ name, items }) => items.map((item) => ({ item, label: name.trim() })));
  }

  /**
   * Why there is not enough yet; null where there is.
   * @param leastClasses that must have something: a dataset of its own needs two to tell apart.
   */
  lack(leastClasses: 1 | 2): string | null {
    const filled = this.#all.filter(({ items }) => items.length > 0);
    if (filled.length < leastClasses) return leastClasses === 1 ? m.capture_nothing_yet() : m.capture_two_classes();
    if (filled.some(({ name }) => name.trim() === '')) return m.sound_name_classes();
    const names = filled.map(({ name }) => name.trim());
    return names.some((name, at) => names.indexOf(name) < at) ? m.sound_same_names() : null;
  }

  #change(id: number, change: (one: RecordedClass<Item>) => RecordedClass<Item>): void {
    this.#all = this.#all.map((one) => (one.id === id ? change(one) : one));
  }
}
