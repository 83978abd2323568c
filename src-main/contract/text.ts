/**
 * Words for people, in every language the app speaks. Definitions in the catalog and the error table carry their
 * own `Text`, so that one new file is enough to add a thing; the window's own words are in `src-renderer/i18n`.
 */
import { z } from 'zod';

export const localeSchema = z.enum(['en', 'zh']);
export type Locale = z.infer<typeof localeSchema>;

export const textSchema = z.object({ en: z.string(), zh: z.string() });
export type Text = Readonly<z.infer<typeof textSchema>>;

export type TextParameters = Readonly<Record<string, string | number>>;

/**
 * Fills `{name}` places of a text with parameters.
 * @returns the text in the given language; a place without a parameter stays as it is, so that it is seen.
 */
export function fill(text: Text, locale: Locale, parameters: TextParameters = {}): string {
  return text[locale].replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : place,
  );
}
