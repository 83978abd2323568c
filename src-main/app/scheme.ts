/**
 * The `app://tandem` scheme, from which the window loads everything: the built files of `out/renderer` and nothing
 * beside them, each with the headers that forbid foreign and inline script.
 */
import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';

export const SCHEME = 'app';
export const HOST = 'tandem';
export const START_URL = `${SCHEME}://${HOST}/index.html`;

/**
 * No inline script and no foreign source. `style-src-attr 'unsafe-inline'` alone is opened: floating parts (menus,
 * tooltips, the layer graph) carry their place in a `style` attribute, which can neither run nor load anything here.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Whether a URL is of the app's own page; compared by its parsed parts, never by its first letters. */
export function isOwnUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${SCHEME}:` && host === HOST && username === '' && password === '';
}

/**
 * Answers requests of the scheme from a folder.
 * @param root absolute folder of the built window. Links that lead out of it are refused like `..`.
 */
export function serveFolder(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    const path = isOwnUrl(request.url) ? pathInside(root, new URL(request.url).pathname) : null;
    const type = path && CONTENT_TYPES[extname(path)];
    if (!path || !type) return refusal(404);
    try {
      if (!isInside(await realpath(root), await realpath(path))) return refusal(404);
      const body = new Uint8Array(await readFile(path));
      return new Response(request.method === 'HEAD' ? null : body, { headers: { ...HEADERS, 'Content-Type': type } });
    } catch (error) {
      if (isMissing(error)) return refusal(404);
      throw error;
    }
  };
}

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}

/** The file a URL's path names, or null where it would leave the folder or can't be a file's name. */
function pathInside(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // Not UTF-8 once decoded: no file of ours has such a name.
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const path = join(root, decoded);
  return isInside(root, path) ? path : null;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}
