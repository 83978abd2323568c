/** HTML that is safe by the way it is made: whatever is put into a template is escaped, unless it is HTML of this kind itself. */

class Html {
  constructor(readonly written: string) {}
}
export type { Html };

type Part = Html | string | number | null | false | readonly (Html | null | false)[];

/** Nothing of null and false; lists one after the other. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    texts.reduce((all, text, at) => all + text + (at < parts.length ? markupOf(parts[at] ?? null) : ''), ''),
  );
}

/** The app's own text, in which nothing is to be escaped. */
export function trusted(written: string): Html {
  return new Html(written);
}

function markupOf(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Html) return part.written;
  return typeof part === 'object' ? part.map(markupOf).join('') : escaped(String(part));
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Within elements and within quoted attributes. Signs that no document may hold are left out. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
