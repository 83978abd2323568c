/** Pictures whose edges are much softer than those of the others. */
import { counted, excludeFix, figure, type CheckDefinition } from '../check';
import { robustSpread } from '../robust';

/** So many robust standard deviations below the median of log sharpness, and at most this share of the median itself. */
const DEVIATIONS = 4;
const MOST_SHARE = 0.25;
/** Of fewer pictures nothing is usual. */
const LEAST_ROWS = 20;

export const definition: CheckDefinition = {
  id: 'blurred-pictures',
  label: { en: 'Blurred pictures', zh: '模糊的图片' },
  help: {
    en: 'Pictures with far softer edges than the rest of this data, as from a camera that moved. Measured by the variance of the Laplacian.',
    zh: '边缘远比其他图片柔和的图片，例如拍摄时相机移动。以拉普拉斯方差衡量。',
  },
  fits: (data) => data.pictureColumn !== null,
  async run(data, watch) {
    const facts = await data.pictures(watch);
    if (!facts) return [];
    const logs = Float64Array.from(facts.sharpness, (value, row) =>
      facts.present[row] === 1 && value > 0 ? Math.log(value) : Number.NaN,
    );
    const usual = robustSpread(logs);
    if (!usual || usual.count < LEAST_ROWS) return [];
    const limit = Math.min(usual.median - DEVIATIONS * usual.deviation, usual.median + Math.log(MOST_SHARE));
    const rows = Array.from(logs.keys())
      .filter((row) => (logs[row] ?? 0) < limit)
      .sort((one, other) => (logs[one] ?? 0) - (logs[other] ?? 0));
    if (rows.length === 0) return [];
    return [
      {
        severity: 'note',
        sentence: {
          en: `${counted(rows.length, 'picture is', 'pictures are')} far more blurred than the others.`,
          zh: `${figure(rows.length)} 张图片远比其他图片模糊。`,
        },
        columns: [data.pictureColumn?.name ?? ''],
        rows,
        fixes: [excludeFix(rows, 'blurred-pictures')],
      },
    ];
  },
};
