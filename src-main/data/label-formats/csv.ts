/**
 * CSV: a line per label, so that rows with several boxes, classes or marked stretches need no cells within cells. A row that was
 * looked at and has none is one line without a label; one that nobody looked at is no line.
 */
import { boxSchema, csvCell, labelListSchema, spanSchema } from '../../contract';
import { inPixels, type LabelData, type LabelFormat, type LabelledColumn } from '../label-format';

const BOX_SIDES = ['left', 'top', 'width', 'height'] as const;

export const definition: LabelFormat = {
  id: 'csv',
  order: 10,
  label: { en: 'CSV table', zh: 'CSV 表格' },
  about: {
    en: 'One line per label, with its row; boxes in pixels. For spreadsheets and for all kinds of labels.',
    zh: '每个标签一行，并注明所在行；方框以像素表示。适用于电子表格，也适用于所有类型的标签。',
  },
  extension: 'csv',
  isOfBoxes: false,
  write: (data, writer) => writer.pieces(null, lines(data)),
};

function* lines(data: LabelData): Generator<string> {
  const hasBoxes = data.columns.some(({ type }) => type === 'boxes');
  const hasSpans = data.columns.some(({ type }) => type === 'spans');
  const header = [
    'row',
    ...(data.files ? ['file'] : []),
    'column',
    'label',
    ...(hasBoxes ? BOX_SIDES : []),
    ...(hasSpans ? ['start', 'end', 'text'] : []),
  ];
  // The mark of UTF-8 at the start, without which spreadsheets misread Chinese.
  yield `\uFEFF${header.join(',')}\n`;
  for (const row of data.rows) {
    for (const column of data.columns) {
      const place = [
        String(row + 1),
        ...(data.files ? [csvCell(String(data.files[row] ?? ''))] : []),
        csvCell(column.name),
      ];
      for (const cells of labelsOf(data, column, row)) {
        const all = [...place, ...cells];
        yield `${[...all, ...Array<string>(header.length - all.length).fill('')].join(',')}\n`;
      }
    }
  }
}

/** The label and what is known of it, as cells; several where the cell holds several. */
function labelsOf(data: LabelData, column: LabelledColumn, row: number): string[][] {
  const value = column.cells[row];
  if (value === null || value === undefined) return [];
  if (typeof value === 'number') return [[String(value)]];
  const orNone = (labels: string[][]) => (labels.length > 0 ? labels : [['']]);
  switch (column.type) {
    case 'labels':
      return orNone(labelListSchema.parse(JSON.parse(value)).map((label) => [csvCell(label)]));
    case 'boxes': {
      const size = data.sizes.get(row) ?? { width: 1, height: 1 };
      const boxes = boxSchema.array().parse(JSON.parse(value));
      return orNone(
        boxes.map((box) => {
          const pixels = inPixels(box, size);
          return [csvCell(box.label), ...BOX_SIDES.map((side) => String(Math.round(pixels[side] * 100) / 100))];
        }),
      );
    }
    case 'spans': {
      const text = String(data.texts.get(column.of ?? '')?.cells[row] ?? '');
      const spans = spanSchema.array().parse(JSON.parse(value));
      const gap = data.columns.some(({ type }) => type === 'boxes') ? BOX_SIDES.map(() => '') : [];
      return orNone(
        spans.map(({ start, end, label }) => {
          return [csvCell(label), ...gap, String(start), String(end), csvCell(text.slice(start, end))];
        }),
      );
    }
    default:
      return [[csvCell(value)]];
  }
}
