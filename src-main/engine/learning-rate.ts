/** The learning rate of each step of a run, from its settings' schedule. */
import { parseFields, schedules, type ScheduleMemory } from '../catalog';
import type { TrainingSettings } from '../contract';

export class LearningRate {
  readonly #start: number;
  readonly #schedule: ReturnType<typeof schedules.get>;
  readonly #values: ReturnType<typeof parseFields>;
  readonly #stepsPerEpoch: number;
  readonly #totalSteps: number;

  /** @throws CodedError `definition-unknown`, `field-invalid`. */
  constructor({ learningRate, schedule, batchSize, epochs }: TrainingSettings, trainingRows: number) {
    this.#start = learningRate;
    this.#schedule = schedules.get(schedule.type);
    this.#values = parseFields(this.#schedule.fields, schedule.fields, this.#schedule.label.en);
    this.#stepsPerEpoch = Math.max(1, Math.ceil(trainingRows / batchSize));
    this.#totalSteps = this.#stepsPerEpoch * epochs;
  }

  /** @param step steps done before this one. */
  at(step: number, memory: ScheduleMemory): number {
    const place = { step, stepsPerEpoch: this.#stepsPerEpoch, totalSteps: this.#totalSteps, memory };
    return this.#start * this.#schedule.factor(this.#values, place);
  }

  /** @param loss of the epoch on the rows that are watched. @returns what the next epoch's steps are to be given. */
  afterEpoch(memory: ScheduleMemory, loss: number): ScheduleMemory {
    return this.#schedule.afterEpoch?.(this.#values, memory, loss) ?? memory;
  }
}
