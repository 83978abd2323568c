/**
 * Rows of a table by their numbers, as an embedding looks them up. tfjs reads the numbers back to check them, which a
 * recorded step can't do; where the engine has TensorFlow's op it is asked itself. The gradient adds up what each row got,
 * so that a row that is looked up several times gets the sum, and no table of ones and zeros is made.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from './definitions';

/**
 * @param table `[rows, columns]`. @param numbers int32, each from 0 below `rows`: the caller sees to that.
 * @returns `[…numbers, columns]`.
 */
export function rowsOf(tf: TensorFlow, table: tensorflow.Tensor, numbers: tensorflow.Tensor): tensorflow.Tensor {
  if (!tf.getKernel('Gather', tf.getBackend())) return tf.gather(table, numbers as tensorflow.Tensor1D);
  const [rows = 0, columns = 0] = table.shape;
  const operation = tf.customGrad((...given) => {
    const [params, save] = given as [tensorflow.Tensor, tensorflow.GradSaveFunc];
    const value = tf.engine().runKernel('Gather', { params, indices: numbers }) as tensorflow.Tensor;
    save([numbers]);
    return {
      value,
      gradFunc(dy, [asked]) {
        if (Array.isArray(dy) || !asked) throw new Error('Nothing was kept of what was looked up');
        return tf.unsortedSegmentSum(dy.reshape([-1, columns]), asked.as1D(), rows);
      },
    };
  });
  return operation(table);
}
