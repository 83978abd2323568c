/**
 * The whole page of a report: one file that asks nothing of a network and runs nothing, which its policy says to whoever opens
 * it. It is written on white paper, on the screen too.
 */
import type { Report } from '../../contract';
import { markup, trusted, type Html } from './html';
import { reportBlocks, type ReportBlockDefinition } from './report-block';
import type { ReportFacts, Words } from './report-facts';
import { reportStyles } from './styles';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** @returns the text of an HTML file. */
export function reportPage(report: Report, facts: ReportFacts, words: Words): string {
  const title = titleOf(report, words);
  const { locale } = words;
  return markup`<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="generator" content="Tandem ${facts.app}" />
<title>${title}</title>
${trusted(`<style>${reportStyles}</style>`)}
</head>
<body>
${body(report, facts, words)}
</body>
</html>
`.written;
}

function body(report: Report, facts: ReportFacts, words: Words): Html {
  const made = words.text({ en: `Made with Tandem ${facts.app}, `, zh: `由 Tandem ${facts.app} 生成，` });
  return markup`<main class="report">
<header>
<h1>${titleOf(report, words)}</h1>
<p class="muted">${facts.runs.map(({ run }) => run.name).join(' · ')}</p>
</header>
${report.blocks.map((block) => section(block, facts, words))}
<footer class="muted">${made}<time datetime="${new Date(facts.made).toISOString()}">${words.date(facts.made)}</time></footer>
</main>`;
}

function titleOf({ title }: Report, words: Words): string {
  return title.trim() === '' ? words.text({ en: 'Report', zh: '报告' }) : title;
}

/** A kind that this version does not know is left out; one that has nothing to show says so. */
function section({ id, kind, values }: Report['blocks'][number], facts: ReportFacts, words: Words): Html {
  if (!reportBlocks.has(kind)) return markup``;
  const definition = reportBlocks.get(kind);
  // A person's word may be anything: ids are made of letters and digits alone.
  const heading = `block-${[...id].map((sign) => sign.codePointAt(0)?.toString(36)).join('')}`;
  const content = definition.render(facts, words, values, heading);
  if (definition.asks === 'text') return content ? markup`<section>${content}</section>` : markup``;
  return markup`<section aria-labelledby="${heading}">
<h2 id="${heading}">${words.text(definition.label)}</h2>
${content ?? nothing(definition, words)}
</section>`;
}

function nothing({ isOfSeveral }: ReportBlockDefinition, words: Words): Html {
  const text = isOfSeveral
    ? {
        en: 'Nothing to compare: this needs two runs that were tested.',
        zh: '没有可比较的内容：需要两次已测试的运行。',
      }
    : { en: 'These runs have nothing of it.', zh: '这些运行没有此项内容。' };
  return markup`<p class="muted">${words.text(text)}</p>`;
}
