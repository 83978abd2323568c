/** More epochs for a run that came to its end. */
import { transaction, type Database } from './database';
import { appendLastEvent, getRun, queueRun } from './runs';

/**
 * Plans so many epochs after the last complete one. A run that early stopping ended goes on without it, as it would end again
 * at once.
 * @throws CodedError `not-found`
 */
export function extendRun(db: Database, id: string, epochs: number): void {
  transaction(db, () => {
    const { epochsDone, settings, state } = getRun(db, id);
    const total = epochsDone + epochs;
    const isEarly = state === 'finished' && settings.earlyStopping.enabled && epochsDone < settings.epochs;
    db.prepare("UPDATE runs SET settings = json_set(settings, '$.epochs', ?) WHERE id = ?").run(total, id);
    if (isEarly) {
      const off =
        "UPDATE runs SET settings = json_set(settings, '$.earlyStopping.enabled', json('false')) WHERE id = ?";
      db.prepare(off).run(id);
    }
    const code = isEarly ? 'extended-early' : 'extended';
    appendLastEvent(db, id, { time: Date.now(), level: 'info', code, parameters: { epochs, total } });
    queueRun(db, id);
  });
}
