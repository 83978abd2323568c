/** Runs as parts: one JSON of what is small, and a file of little-endian numbers for each thing that is large. */
import { preparationSchema } from '../../data/prepared';
import type { Library } from '../../storage/library';
import { readWholeRun, type WholeRun } from '../../storage/whole-runs';
import type { PartFiles } from './part-files';
import { runPartSchema, type RunPart } from './parts';

/** @param folder of the run within the file */
export async function gatherRun(parts: PartFiles, { db }: Library, id: string, folder: string): Promise<void> {
  const whole = readWholeRun(db, id);
  const { model, evaluation, checkpoint, probe } = whole;
  await parts.json(`${folder}/run.json`, smallOf(whole));
  if (model) await parts.bytes(`${folder}/weights.bin`, model.weights);
  if (checkpoint) await parts.bytes(`${folder}/checkpoint.bin`, checkpoint.tensors);
  if (evaluation) {
    await parts.bytes(`${folder}/test-indices.bin`, bytesOf(evaluation.rows.indices));
    await parts.bytes(`${folder}/test-actual.bin`, bytesOf(evaluation.rows.actual));
    await parts.bytes(`${folder}/test-outputs.bin`, bytesOf(evaluation.rows.outputs));
    const { actualSteps } = evaluation.rows;
    if (actualSteps) await parts.bytes(`${folder}/test-steps.bin`, bytesOf(actualSteps));
  }
  if (probe) {
    await parts.bytes(`${folder}/probe-rows.bin`, bytesOf(probe.probe.rows));
    await parts.bytes(`${folder}/probe-actual.bin`, bytesOf(probe.probe.actual));
    await parts.bytes(`${folder}/probe-answers.bin`, joined(probe.readings.map(({ answers }) => answers)));
    await parts.bytes(`${folder}/probe-places.bin`, joined(probe.readings.map(({ places }) => places)));
  }
}

function smallOf(whole: WholeRun): RunPart {
  const { run, marks, epochs, batches, events, seq, model, evaluation, checkpoint, probe } = whole;
  return {
    ...{
      run: runPartSchema.shape.run.parse(run),
      epochs,
      batches,
      events,
      seq,
      marks: { ...marks, tags: [...marks.tags] },
    },
    model: model && {
      // `bytes` and `sha256` are those of the library's row.
      info: { ...model.info, bytes: model.weights.byteLength, sha256: '' },
      preparation: preparationSchema.parse(model.preparation),
      ...{ network: model.network, manifest: model.manifest },
    },
    evaluation: evaluation?.figures ?? null,
    checkpoint: checkpoint && { epoch: checkpoint.epoch, step: checkpoint.step, state: { ...checkpoint.state } },
    probe: probe && {
      ...{ part: probe.probe.part, target: probe.probe.target },
      readings: probe.readings.map(({ answers, places, ...reading }) => ({
        ...reading,
        ...{ answers: answers.length, places: places.length },
      })),
    },
  };
}

function bytesOf(values: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function joined(arrays: readonly Float32Array[]): Uint8Array {
  return Buffer.concat(arrays.map(bytesOf));
}
