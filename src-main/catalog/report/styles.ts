/** How a report looks, on the screen and on paper. */
export const reportStyles = `
:root { color-scheme: light; }
body { margin: 0; background: #ffffff; }
.report { max-width: 820px; margin: 0 auto; padding: 32px 24px 48px; background: #ffffff; color: #1c1b19;
  font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif;
  overflow-wrap: break-word; }
.report h1 { margin: 0 0 4px; font-size: 28px; line-height: 1.25; }
.report h2 { margin: 0 0 8px; font-size: 19px; break-after: avoid; }
.report h3 { margin: 12px 0 4px; font-size: 15px; break-after: avoid; }
.report h4 { margin: 12px 0 4px; font-size: 14px; }
.report header { margin-bottom: 24px; padding-bottom: 12px; border-bottom: 2px solid #1c1b19; }
.report section { margin: 28px 0; }
.report footer { margin-top: 40px; padding-top: 8px; border-top: 1px solid #d6d3ce; font-size: 12px; }
.report p, .report ul, .report ol { margin: 0 0 8px; }
.report ul, .report ol { padding-left: 24px; }
.report .muted, .report .note, .report .interval { color: #5d5a55; }
.report .note { margin-top: 6px; font-size: 12px; }
.report .interval { white-space: nowrap; font-size: 12px; }
.report a { color: #00609a; }
.report code, .report pre { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: 12px; }
.report pre { padding: 8px 12px; border: 1px solid #d6d3ce; border-radius: 6px; white-space: pre-wrap; }
.report .hash { font-size: 11px; word-break: break-all; }
.report blockquote { margin: 0 0 8px; padding-left: 12px; border-left: 3px solid #b9b5ae; color: #5d5a55; }
.report hr { border: 0; border-top: 1px solid #d6d3ce; }
.report .scroll { margin: 0 0 12px; overflow-x: auto; }
.report table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.report caption { padding: 0 0 4px; text-align: left; color: #5d5a55; font-size: 12px; }
.report th, .report td { padding: 4px 8px; border-bottom: 1px solid #e4e1dc; text-align: left; vertical-align: top; font-weight: 400; }
.report thead th { border-bottom: 1px solid #8a867f; font-weight: 600; }
.report tbody th { min-width: 6em; color: #5d5a55; }
.report table.matrix th { min-width: 0; }
.report td, .report thead th { overflow-wrap: anywhere; }
.report tfoot th, .report tfoot td { font-weight: 600; border-bottom: 0; }
.report tr { break-inside: avoid; }
.report .matrices { display: flex; flex-wrap: wrap; gap: 12px 24px; }
.report table.matrix { width: auto; }
.report table.matrix td, .report table.matrix thead th { text-align: right; }
.report .shade-1 { background: #eef5fa; } .report .shade-2 { background: #dcebf5; } .report .shade-3 { background: #c9e0ef; }
.report .shade-4 { background: #b5d5ea; } .report .shade-5 { background: #a0cae4; } .report .shade-6 { background: #8abede; }
.report .shade-7 { background: #73b2d8; } .report .shade-8 { background: #5ba5d1; }
.report figure { margin: 0 0 12px; break-inside: avoid; }
.report figure > svg { display: block; width: 100%; height: auto; }
.report figcaption { color: #5d5a55; font-size: 12px; }
.report svg text { fill: #5d5a55; font-size: 11px; }
.report svg .grid { stroke: #e4e1dc; stroke-width: 1; }
.report .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; list-style: none; font-size: 12px; }
.report .legend li { display: flex; align-items: center; gap: 6px; }
.report .sample { flex: none; width: 28px; height: 8px; }
@page { margin: 18mm 16mm; }
@media print {
  .report { max-width: none; padding: 0; font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .report .scroll { overflow: visible; }
}
`;
