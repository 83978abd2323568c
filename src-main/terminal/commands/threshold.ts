/** `threshold`: the error from which on a model of anomalies calls an example anomalous: shown, moved, or put back as proposed. */
import { CodedError } from '../../contract';
import { one, type CommandDefinition } from '../command-definition';
import { findRun } from '../references';
import { thresholdLines } from '../threshold-text';

export const command: CommandDefinition = {
  order: 6.6,
  usage: 'threshold <run> [error]',
  description:
    'Show the reconstruction error or the distance from which on a model of anomalies calls an example anomalous, or set it: a number, or "proposed".',
  async run(session, parameters) {
    const run = findRun(session, one(parameters));
    const { models } = session.services;
    const before = await models.evaluation({ runId: run.id });
    if (!before?.anomaly) throw new CodedError('model-without-threshold', { run: run.name });
    const asked = one(parameters, 1);
    const threshold = asked === 'proposed' ? before.anomaly.proposed : Number(asked);
    if (!(threshold >= 0)) {
      throw new CodedError('argument-invalid', {
        name: 'error',
        detail: `"${asked}" is neither a number from 0 on nor "proposed"`,
      });
    }
    const { anomaly } = asked === '' ? before : await models.setThreshold({ runId: run.id, threshold });
    session.output.result(
      { run: { id: run.id, name: run.name }, anomaly },
      thresholdLines(anomaly ?? before.anomaly).join('\n'),
    );
  },
};
