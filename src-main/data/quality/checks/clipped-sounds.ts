/** Sounds that were recorded too loud, so that their peaks are cut off. */
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';

/** Share of samples at full scale from which it is heard as crackling. */
const LEAST_SHARE = 0.001;

export const definition: CheckDefinition = {
  id: 'clipped-sounds',
  label: { en: 'Clipped sounds', zh: '削波的录音' },
  help: {
    en: 'Recordings that were too loud for the microphone: the tops of their waves are cut off, which adds sounds that were not there.',
    zh: '对麦克风来说过响的录音：波形顶部被削平，产生了原本没有的声音。',
  },
  fits: (data) => data.soundColumn !== null,
  async run(data, watch) {
    const facts = await data.sounds(watch);
    if (!facts) return [];
    const shareOf = (row: number) => facts.clipped[row] ?? 0;
    const rows = [...facts.clipped.keys()]
      .filter((row) => shareOf(row) >= LEAST_SHARE)
      .sort((one, other) => shareOf(other) - shareOf(one));
    const [worst] = rows;
    if (worst === undefined) return [];
    const most = percent(shareOf(worst));
    return [
      {
        severity: 'attention',
        sentence: {
          en: `${counted(rows.length, 'sound is', 'sounds are')} clipped, up to ${most} of a recording.`,
          zh: `${figure(rows.length)} 段声音有削波，最多占录音的 ${most}。`,
        },
        columns: [data.soundColumn?.name ?? ''],
        rows,
        fixes: [excludeFix(rows, 'clipped-sounds')],
      },
    ];
  },
};
