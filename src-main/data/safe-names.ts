/** Names from data → names of files that every system takes, that lead nowhere else, and of which no two are alike. */

/** Windows keeps these for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
/** Signs that file systems refuse, and those that no name should have. */
const REFUSED = /[\u0000-\u001f\u007f<>:"|?*]/g;
const LONGEST = 120;
const DEEPEST = 16;

/** `../a\b//c?.jpg` → `a/b/c_.jpg`; empty where nothing is left. */
export function safePath(path: string): string {
  return path
    .split(/[/\\]/)
    .map(safeName)
    .filter((name) => name !== '')
    .slice(-DEEPEST)
    .join('/');
}

function safeName(name: string): string {
  const clean = name.replace(REFUSED, '_').replace(/^\s+|[\s.]+$/g, '');
  const [, stem = '', extension = ''] = /^(.*?)(\.[^.]{1,10})?$/s.exec(clean) ?? [];
  const short = [...stem].slice(0, LONGEST).join('') + extension;
  return DEVICE.test(short) ? `_${short}` : short;
}

/** Gives each path a place of its own: whatever its case and extension, since what belongs to it is called by its stem. */
export class TakenNames {
  readonly #taken: Set<string>;

  /** @param reserved stems that nothing may have. */
  constructor(reserved: readonly string[] = []) {
    this.#taken = new Set(reserved);
  }

  /** @param path safe already. @returns it, or with `-2`, `-3`, … before its extension */
  take(path: string): string {
    const [, stem = '', extension = ''] = /^(.*?)(\.[^./]+)?$/s.exec(path) ?? [];
    for (let count = 1; ; count += 1) {
      const tried = count === 1 ? stem : `${stem}-${count}`;
      const key = tried.normalize('NFC').toLowerCase();
      const name = key.slice(key.lastIndexOf('/') + 1);
      if (this.#taken.has(key) || this.#taken.has(name + '/')) continue;
      this.#taken.add(key);
      return tried + extension;
    }
  }
}
