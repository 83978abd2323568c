/** Ids of everything that is stored: 26 characters, the time first, so that order of id is order of making (a ULID in lower case). */
import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no i, l, o, u, which are misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** @param time in milliseconds since 1970: 10 characters; 16 characters (80 bits) of chance follow. */
export function newId(time = Date.now()): string {
  let head = '';
  for (let rest = time; head.length < 10; rest = Math.floor(rest / 32)) head = alphabet.charAt(rest % 32) + head;
  let tail = '';
  for (const byte of randomBytes(16)) tail += alphabet.charAt(byte % 32);
  return head + tail;
}
