/** Sounds in which there is hardly anything to hear. */
import { counted, excludeFix, figure, type CheckDefinition } from '../check';

/** Mean level below full scale, in decibels, under which a sound is as good as silent: a quiet room is near −55. */
const QUIETEST = -60;

export const definition: CheckDefinition = {
  id: 'silent-sounds',
  label: { en: 'Silent sounds', zh: '无声的录音' },
  help: {
    en: 'Recordings that are silent or nearly so, as from a microphone that was off: a network can only learn from them that silence is of their class.',
    zh: '完全或几乎没有声音的录音，例如麦克风未打开。网络只能从中学到“安静”属于该类别。',
  },
  fits: (data) => data.soundColumn !== null,
  async run(data, watch) {
    const facts = await data.sounds(watch);
    if (!facts) return [];
    const limit = 10 ** (QUIETEST / 20);
    const rows = [...facts.present.keys()]
      .filter((row) => facts.present[row] === 1 && (facts.loudness[row] ?? 0) < limit)
      .sort((one, other) => (facts.loudness[one] ?? 0) - (facts.loudness[other] ?? 0));
    if (rows.length === 0) return [];
    return [
      {
        severity: 'attention',
        sentence: {
          en: `${counted(rows.length, 'sound is', 'sounds are')} almost silent (below ${QUIETEST} dB of full scale on average).`,
          zh: `${figure(rows.length)} 段声音几乎无声（平均低于满幅 ${QUIETEST} 分贝）。`,
        },
        columns: [data.soundColumn?.name ?? ''],
        rows,
        fixes: [excludeFix(rows, 'silent-sounds')],
      },
    ];
  },
};
