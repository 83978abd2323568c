/** Patterns of personal data in texts. Strict rather than broad: a wrong alarm teaches people to look away. */

export type PersonalKind = 'mail' | 'phone' | 'card' | 'identity' | 'name';

const mailPattern = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}\.\p{L}{2,63}/u;
/** Chinese mobile numbers; international ones with +; and three or more groups as (030) 123-4567. */
const phonePattern =
  /(?<![\d.+-])(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\+\d[\d ().-]{7,18}\d|\(\d{2,5}\)[ -]?\d{3,4}[ -]\d{3,4}|\d{3}[-. ]\d{3}[-. ]\d{4}|0\d{1,4}[ -/]\d{3,4}[ -]\d{3,5})(?![\d.-]*\d)/;
const cardPattern =
  /(?<![\d.+-])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\d.-]*\d)|(?<!\d)3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\d)/g;
const identityPattern = /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g;

/** Of a longer text the beginning is looked at. */
const LONGEST = 20_000;

/** @returns the kinds that a text holds. */
export function personalKinds(whole: string): PersonalKind[] {
  const text = whole.slice(0, LONGEST);
  const kinds: PersonalKind[] = [];
  if (text.includes('@') && mailPattern.test(text)) kinds.push('mail');
  if (!/\d{3}/.test(text)) return kinds;
  if ((text.match(identityPattern) ?? []).some(isChineseIdentity)) kinds.push('identity');
  else if ((text.match(cardPattern) ?? []).some(isCardNumber)) kinds.push('card');
  else if (isPhone(text)) kinds.push('phone');
  return kinds;
}

function isPhone(text: string): boolean {
  const found = phonePattern.exec(text)?.[0];
  if (!found) return false;
  const digits = found.replace(/\D/g, '').length;
  return digits >= 8 && digits <= 15;
}

/** 13–19 digits with a valid check digit: Luhn's sum (ISO/IEC 7812-1, annex B) is a multiple of ten. */
export function isCardNumber(text: string): boolean {
  const digits = Array.from(text.replace(/\D/g, ''), Number).reverse();
  if (digits.length < 13 || digits.length > 19 || new Set(digits).size < 2) return false;
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 1 ? 2 * digit : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** Check character of a Chinese identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
export function isChineseIdentity(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

/** What a column of people's names is called; "movie_name" is none. */
const nameHeading =
  /^(?:first|last|full|given|family|middle|maiden|sur|customer|client|person|patient|employee|student|contact|user|owner|author|passenger)?[ _-]?names?$|^surname$|姓名|名字|联系人/i;
/** Two to four words with capitals, or two to four Chinese characters. */
const personPattern = /^(?:\p{Lu}[\p{L}'’.-]*(?:,? +|$)){2,4}$|^\p{sc=Han}{2,4}$/u;
const singlePattern = /^\p{Lu}[\p{L}'’-]+$|^\p{sc=Han}{1,4}$/u;

/**
 * Whether a column holds names of people: its heading says so and most of its many values look so.
 * @param values of different rows.
 */
export function areNames(heading: string, values: readonly string[]): boolean {
  const spaced = heading.trim().replace(/([a-z])([A-Z])/g, '$1 $2');
  if (!nameHeading.test(spaced) || values.length === 0) return false;
  const isPart = /first|last|given|family|middle|maiden|sur/i.test(spaced);
  const pattern = isPart ? singlePattern : personPattern;
  const fitting = values.filter((value) => pattern.test(value.trim()) || personPattern.test(value.trim())).length;
  return fitting >= 0.7 * values.length && new Set(values).size >= 0.5 * Math.min(values.length, 100);
}

/** Whether a column of plain numbers is called as phone or card numbers are. */
export function isNumberHeading(heading: string): 'phone' | 'card' | null {
  const spaced = heading.replace(/([a-z])([A-Z])/g, '$1 $2');
  if (/(^|[ _-])(phone|mobile|cell|tel|telephone|fax)([ _-]?(no|number|nr))?$|电话|手机/i.test(spaced)) return 'phone';
  return /(^|[ _-])(card|credit card|cc)[ _-]?(no|number|nr)$|卡号/i.test(spaced) ? 'card' : null;
}
