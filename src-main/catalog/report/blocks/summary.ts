/** Each run in a line: what it is called, how far it came, how well it did at its best. */
import { runSeconds } from '../../run-facts';
import { figureLabel, figureText, runTable } from '../figures';
import type { ReportBlockDefinition } from '../report-block';
import type { ReportedRun, Words } from '../report-facts';

const states = {
  queued: { en: 'Queued', zh: '排队中' },
  running: { en: 'Training', zh: '训练中' },
  paused: { en: 'Paused', zh: '已暂停' },
  finished: { en: 'Finished', zh: '已完成' },
  stopped: { en: 'Stopped', zh: '已停止' },
  interrupted: { en: 'Interrupted', zh: '已中断' },
  failed: { en: 'Failed', zh: '失败' },
};

export const definition: ReportBlockDefinition = {
  id: 'summary',
  order: 2,
  label: { en: 'Runs at a glance', zh: '运行概览' },
  about: {
    en: 'State, epochs, time, parameters, best value and tags of each run.',
    zh: '每次运行的状态、轮数、用时、参数量、最佳值和标签。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const line = (en: string, zh: string, cell: (run: ReportedRun) => string) => {
      return { name: words.text({ en, zh }), cells: facts.runs.map(cell) };
    };
    return runTable(facts, words.text({ en: 'Runs', zh: '运行' }), [
      line('State', '状态', ({ run }) => words.text(states[run.state])),
      line('Started', '开始时间', ({ run }) => (run.startedAt === null ? '–' : words.date(run.startedAt))),
      line('Epochs', '轮数', ({ run }) => `${words.number(run.epochsDone)} / ${words.number(run.settings.epochs)}`),
      line('Time', '用时', ({ run }) => duration(runSeconds(run, facts.made), words)),
      line('Parameters', '参数量', ({ run }) => (run.parameterCount === null ? '–' : words.number(run.parameterCount))),
      line('Best', '最佳', (one) => bestOf(one, words)),
      line('Trained on', '计算设备', ({ run }) => run.backend ?? '–'),
      line('Tags', '标签', ({ tags }) => (tags.length === 0 ? '–' : tags.join(', '))),
    ]);
  },
};

function bestOf({ run: { best } }: ReportedRun, words: Words): string {
  if (!best) return '–';
  const value = `${figureLabel(best.metric, words)} ${figureText(best.metric, best.value, words)}`;
  return words.text({ en: `${value}, epoch ${best.epoch}`, zh: `${value}，第 ${best.epoch} 轮` });
}

function duration(seconds: number | null, words: Words): string {
  if (seconds === null) return '–';
  if (seconds < 60)
    return words.text({
      en: `${words.number(Number(seconds.toPrecision(2)))} s`,
      zh: `${words.number(Number(seconds.toPrecision(2)))} 秒`,
    });
  const minutes = Math.round(seconds / 60);
  return words.text({
    en: `${Math.floor(minutes / 60)} h ${minutes % 60} min`,
    zh: `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`,
  });
}
