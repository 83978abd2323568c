/** Markdown as safe HTML: by marked's lexer alone, each token made anew, raw HTML as it was written, pictures as their words. */
import { Lexer, type Token, type Tokens } from 'marked';
import { markup, type Html } from './html';

export function markdown(source: string): Html {
  return many(new Lexer({ gfm: true, breaks: true }).lex(source));
}

function many(tokens: readonly Token[]): Html {
  return markup`${tokens.map(one)}`;
}

const inner = (token: Token): readonly Token[] => ('tokens' in token && token.tokens ? token.tokens : []);
const written = (token: Token): string => ('text' in token ? String(token.text) : token.raw);

/** Kinds that only wrap what is in them. */
const wrapping: Readonly<Record<string, (content: Html) => Html>> = {
  paragraph: (content) => markup`<p>${content}</p>`,
  blockquote: (content) => markup`<blockquote>${content}</blockquote>`,
  strong: (content) => markup`<strong>${content}</strong>`,
  em: (content) => markup`<em>${content}</em>`,
  del: (content) => markup`<del>${content}</del>`,
};

const plain: Readonly<Record<string, (token: Token) => Html>> = {
  heading: (token) => heading(token as Tokens.Heading),
  list: (token) => list(token as Tokens.List),
  table: (token) => table(token as Tokens.Table),
  link: (token) => link(token as Tokens.Link),
  code: (token) => markup`<pre><code>${written(token)}</code></pre>`,
  codespan: (token) => markup`<code>${written(token)}</code>`,
  hr: () => markup`<hr />`,
  br: () => markup`<br />`,
  html: (token) => markup`${token.raw}`,
  escape: (token) => markup`${written(token)}`,
  space: () => markup``,
  def: () => markup``,
  checkbox: () => markup``,
};

function one(token: Token): Html {
  const wrap = Object.hasOwn(wrapping, token.type) ? wrapping[token.type] : undefined;
  if (wrap) return wrap(many(inner(token)));
  const make = Object.hasOwn(plain, token.type) ? plain[token.type] : undefined;
  if (make) return make(token);
  return inner(token).length > 0 ? many(inner(token)) : markup`${written(token)}`;
}

/** The page's own headings are the first and the second. */
function heading({ depth, tokens }: Tokens.Heading): Html {
  const content = many(tokens);
  return depth === 1
    ? markup`<h2>${content}</h2>`
    : depth === 2
      ? markup`<h3>${content}</h3>`
      : markup`<h4>${content}</h4>`;
}

function link({ href, tokens, text }: Tokens.Link): Html {
  const content = many(tokens);
  if (/^(https?:\/\/|mailto:)/i.test(href)) return markup`<a href="${href}" rel="noreferrer noopener">${content}</a>`;
  return href === text ? content : markup`${content} (${href})`;
}

function list({ ordered, start, items }: Tokens.List): Html {
  const entries = items.map((item) => {
    const box = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
    return markup`<li>${box}${many(item.tokens)}</li>`;
  });
  return ordered ? markup`<ol start="${start === '' ? 1 : start}">${entries}</ol>` : markup`<ul>${entries}</ul>`;
}

function table({ header, rows }: Tokens.Table): Html {
  const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => markup`<td>${many(cell.tokens)}</td>`);
  return markup`<div class="scroll"><table>
    <thead><tr>${header.map((cell) => markup`<th scope="col">${many(cell.tokens)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => markup`<tr>${cells(row)}</tr>`)}</tbody>
  </table></div>`;
}
