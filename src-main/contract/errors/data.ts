/** Errors of data on its way in: each names the file, the row or column where it can, the cause and the fix. */
import type { ErrorWords } from '../errors';

export const dataErrors = {
  'file-missing': {
    message: { en: 'The file {file} does not exist or may not be read.', zh: '文件 {file} 不存在或无法读取。' },
    hint: { en: 'Check its name and that you may open it.', zh: '请检查文件名，并确认可以打开它。' },
  },
  'source-unknown': {
    message: { en: '{file} is of no kind that can be imported.', zh: '无法导入 {file} 这种文件。' },
    hint: { en: 'Use one of: {known}.', zh: '可用的种类：{known}。' },
  },
  'csv-ragged': {
    message: {
      en: '{file}, row {row}: {found} values where the header names {expected} columns.',
      zh: '{file} 第 {row} 行：有 {found} 个值，而表头有 {expected} 列。',
    },
    hint: {
      en: 'Give this row {expected} values, or put values that hold a comma in double quotes.',
      zh: '请让该行有 {expected} 个值；含逗号的值请用双引号括起来。',
    },
  },
  'csv-quote-unclosed': {
    message: {
      en: '{file}, row {row}, column {column}: a quote that opens here is never closed.',
      zh: '{file} 第 {row} 行，列“{column}”：此处打开的引号没有闭合。',
    },
    hint: {
      en: 'Close the quote, and write a quote inside a quoted value twice ("").',
      zh: '请闭合引号；引号值内部的引号要写两次（""）。',
    },
  },
  'csv-quote-followed': {
    message: {
      en: '{file}, row {row}, column {column}: text follows the closing quote.',
      zh: '{file} 第 {row} 行，列“{column}”：闭合引号之后还有文字。',
    },
    hint: {
      en: 'Close the quote, and write a quote inside a quoted value twice ("").',
      zh: '请闭合引号；引号值内部的引号要写两次（""）。',
    },
  },
  'csv-quote-inside': {
    message: {
      en: '{file}, row {row}, column {column}: a quote stands inside a value that does not begin with one.',
      zh: '{file} 第 {row} 行，列“{column}”：不以引号开头的值中出现了引号。',
    },
    hint: {
      en: 'Close the quote, and write a quote inside a quoted value twice ("").',
      zh: '请闭合引号；引号值内部的引号要写两次（""）。',
    },
  },
  'csv-encoding': {
    message: {
      en: '{file}, row {row}: the bytes are not text in a known encoding (UTF-8 or UTF-16).',
      zh: '{file} 第 {row} 行：字节不是已知编码（UTF-8 或 UTF-16）的文本。',
    },
    hint: { en: 'Save the file as UTF-8 and import it again.', zh: '请将文件另存为 UTF-8 后重新导入。' },
  },
  'csv-empty': {
    message: { en: '{file} is empty.', zh: '{file} 是空文件。' },
    hint: { en: 'The first row names the columns; data begins in the second.', zh: '第一行是列名，数据从第二行开始。' },
  },
  'csv-blank': {
    message: { en: '{file} holds only blank lines.', zh: '{file} 只有空行。' },
    hint: { en: 'The first row names the columns; data begins in the second.', zh: '第一行是列名，数据从第二行开始。' },
  },
  'csv-header-only': {
    message: { en: '{file} holds only a header and no rows of data.', zh: '{file} 只有表头，没有数据行。' },
    hint: { en: 'The first row names the columns; data begins in the second.', zh: '第一行是列名，数据从第二行开始。' },
  },
  'csv-row-too-long': {
    message: { en: '{file}: row {row} is longer than 16 MB.', zh: '{file}：第 {row} 行超过 16 MB。' },
    hint: { en: 'A quote may be unclosed there. Close it.', zh: '该处可能有未闭合的引号，请将其闭合。' },
  },
  'csv-too-many-columns': {
    message: {
      en: '{file} has {found} columns; {most} can be read.',
      zh: '{file} 有 {found} 列；最多可读 {most} 列。',
    },
    hint: { en: 'Leave out columns that are not needed.', zh: '请去掉不需要的列。' },
  },
  'csv-duplicate-column': {
    message: {
      en: '{file}: columns {first} and {second} both have the name "{column}".',
      zh: '{file}：第 {first} 列与第 {second} 列同名“{column}”。',
    },
    hint: { en: 'Give each column a name of its own.', zh: '请让每一列的名称各不相同。' },
  },
  'table-damaged': {
    message: {
      en: '{file} cannot be read: it is damaged or not of the kind it seems to be. Its reader says: {reason}',
      zh: '无法读取 {file}：文件已损坏，或并非它看起来的类型。读取程序的说明：{reason}',
    },
    hint: {
      en: 'Open it in the program that made it and save it again, or export it as CSV.',
      zh: '请用生成它的程序打开并重新保存，或导出为 CSV。',
    },
  },
  'json-too-deep': {
    message: {
      en: '{file} holds values inside values, more than {most} deep.',
      zh: '{file} 中的值层层嵌套，超过 {most} 层。',
    },
    hint: { en: 'Use a list of records with plain values.', zh: '请使用由简单值组成的记录列表。' },
  },
  'database-without-table': {
    message: { en: '{file} holds no table.', zh: '{file} 中没有表。' },
    hint: { en: 'Choose a database that holds a table of rows.', zh: '请选择含有数据表的数据库。' },
  },
  'workbook-too-large': {
    message: {
      en: '{file} is too large: unpacked, its sheets take more than {most} MB.',
      zh: '{file} 太大：解压后工作表超过 {most} MB。',
    },
    hint: { en: 'Save the sheet as CSV and import that.', zh: '请将工作表另存为 CSV 再导入。' },
  },
  'column-missing': {
    message: {
      en: 'There is no column "{column}". The columns are: {known}.',
      zh: '没有列“{column}”。现有的列：{known}。',
    },
    hint: { en: 'Choose one of them.', zh: '请选择其中之一。' },
  },
  'target-one-class': {
    message: {
      en: 'The target column "{column}" has only one value ("{value}") in {file}, so there is nothing to tell apart.',
      zh: '{file} 的目标列“{column}”只有一个值（“{value}”），没有可区分的内容。',
    },
    hint: {
      en: 'Choose another target, or add rows of other classes.',
      zh: '请选择另一个目标列，或添加其他类别的行。',
    },
  },
  'target-empty': {
    message: { en: 'The target column "{column}" is empty in every row.', zh: '目标列“{column}”在每一行都是空的。' },
    hint: { en: 'Choose another target.', zh: '请选择另一个目标列。' },
  },
  'target-too-many-classes': {
    message: {
      en: 'The target column "{column}" has {count} classes; at most {most} can be told apart.',
      zh: '目标列“{column}”有 {count} 个类别；最多可区分 {most} 个。',
    },
    hint: { en: 'Choose another target, or join rare classes.', zh: '请选择另一个目标列，或合并少见的类别。' },
  },
  'target-not-learnable': {
    message: {
      en: 'Nothing can learn the column "{column}" from the others.',
      zh: '无法从其他列学习列“{column}”。',
    },
    hint: { en: 'Choose a target that holds numbers or categories.', zh: '请选择内容为数字或类别的目标列。' },
  },
  'inputs-missing': {
    message: {
      en: 'No column is left from which "{column}" could be learnt.',
      zh: '没有可用来学习“{column}”的列。',
    },
    hint: {
      en: 'Use another column as number or category, give a text or a date steps under Preparation, or choose another target.',
      zh: '请将另一列设为数字或类别，或在“数据准备”中为文本或日期列添加步骤，或选择另一个目标列。',
    },
  },
  'split-without-training': {
    message: {
      en: 'The split leaves no rows for training.',
      zh: '划分后没有训练用的行。',
    },
    hint: { en: 'Give it a larger share, or import more rows.', zh: '请加大它的比例，或导入更多行。' },
  },
  'split-without-validation': {
    message: {
      en: 'The split leaves no rows for validation.',
      zh: '划分后没有验证用的行。',
    },
    hint: { en: 'Give it a larger share, or import more rows.', zh: '请加大它的比例，或导入更多行。' },
  },
  'split-without-test': {
    message: {
      en: 'The split leaves no rows for the test.',
      zh: '划分后没有测试用的行。',
    },
    hint: { en: 'Give it a larger share, or import more rows.', zh: '请加大它的比例，或导入更多行。' },
  },
  'sample-missing': {
    message: {
      en: 'The file {file} of the sample "{sample}" is not there. Looked for in: {places}',
      zh: '示例“{sample}”的文件 {file} 不存在。查找过的位置：{places}',
    },
    hint: { en: 'Run the set-up again.', zh: '请重新运行安装。' },
  },
  'file-changed': {
    message: {
      en: '{file} became shorter while it was read.',
      zh: '{file} 在读取过程中变短了。',
    },
    hint: { en: 'Import it when no other program writes to it.', zh: '请在没有其他程序写入时再导入。' },
  },
  'file-not-unpacked': {
    message: {
      en: '{file} is damaged: it cannot be unpacked.',
      zh: '{file} 已损坏：无法解压。',
    },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'idx-name-unclear': {
    message: {
      en: 'The name {file} does not say whether the file holds images or labels.',
      zh: '从文件名 {file} 看不出它存放的是图片还是标签。',
    },
    hint: {
      en: 'Name the files as MNIST does, e.g. train-images-idx3-ubyte.',
      zh: '请按 MNIST 的方式命名，例如 train-images-idx3-ubyte。',
    },
  },
  'idx-wrong-magic': {
    message: {
      en: '{file} begins with {found} instead of {expected}, so it is no such IDX file.',
      zh: '{file} 以 {found} 而不是 {expected} 开头，不是这种 IDX 文件。',
    },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'idx-header-cut': {
    message: {
      en: '{file} is damaged: it has {bytes} bytes, less than its header.',
      zh: '{file} 已损坏：只有 {bytes} 字节，比文件头还短。',
    },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'idx-cut': {
    message: {
      en: '{file} is damaged: it ends after {found} of {expected} values.',
      zh: '{file} 已损坏：在 {expected} 个值中的第 {found} 个之后结束。',
    },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'idx-long': {
    message: {
      en: '{file} is damaged: it is longer than the {expected} values that it says.',
      zh: '{file} 已损坏：超出了它所声明的 {expected} 个值。',
    },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'idx-sides': {
    message: {
      en: '{file} is damaged: it says that its pictures are {height} × {width}.',
      zh: '{file} 已损坏：它声明图片大小为 {height} × {width}。',
    },
    hint: { en: 'Get the file again and import it once more.', zh: '请重新获取该文件再导入。' },
  },
  'idx-sizes-differ': {
    message: {
      en: 'The pictures of {file} are {found}, those of {other} {expected}.',
      zh: '{file} 的图片为 {found}，而 {other} 的为 {expected}。',
    },
    hint: { en: 'Import files whose pictures are of one size.', zh: '请导入图片大小一致的文件。' },
  },
  'idx-counts-differ': {
    message: {
      en: '{file} has {labels} labels for {pictures} pictures.',
      zh: '{file} 有 {labels} 个标签，而图片有 {pictures} 张。',
    },
    hint: { en: 'Import pictures and labels that belong together.', zh: '请导入相互对应的图片和标签。' },
  },
  'idx-empty': {
    message: {
      en: '{file} holds no pictures.',
      zh: '{file} 没有图片。',
    },
    hint: { en: 'Import a file that holds some.', zh: '请导入有图片的文件。' },
  },
  'idx-too-many-pictures': {
    message: {
      en: '{file} is too large: it says that it holds {count} pictures of {height} × {width}.',
      zh: '{file} 太大：它声明有 {count} 张 {height} × {width} 的图片。',
    },
    hint: { en: 'Import a part of it.', zh: '请只导入其中一部分。' },
  },
  'idx-too-many-labels': {
    message: {
      en: '{file} is too large: it says that it holds {count} labels.',
      zh: '{file} 太大：它声明有 {count} 个标签。',
    },
    hint: { en: 'Import a part of it.', zh: '请只导入其中一部分。' },
  },
  'pictures-cut': {
    message: {
      en: 'The pictures of "{dataset}" end early: their file in the library is damaged.',
      zh: '“{dataset}”的图片提前结束：资料库中的文件已损坏。',
    },
    hint: { en: 'Import the dataset again.', zh: '请重新导入该数据集。' },
  },
  // Of earlier versions, which is stored with their runs.
  'inputs-too-large': {
    message: {
      en: 'The inputs of "{dataset}" would take {gigabytes} GiB of memory; at most {most} can be used.',
      zh: '“{dataset}”的输入需要 {gigabytes} GiB 内存；最多可用 {most} GiB。',
    },
    hint: { en: 'Import a part of the rows, or leave out columns.', zh: '请只导入部分行，或去掉一些列。' },
  },
  'prepared-no-space': {
    message: {
      en: 'To prepare "{dataset}" takes {needed} GB of disk space in {path}; {missing} GB of that are missing.',
      zh: '准备“{dataset}”需要在 {path} 中占用 {needed} GB 磁盘空间；还缺 {missing} GB。',
    },
    hint: { en: 'Free some space, or leave out columns.', zh: '请释放空间，或去掉一些列。' },
  },
  'prepared-unreadable': {
    message: {
      en: 'The prepared data of "{dataset}" could not be read: {detail}.',
      zh: '无法读取“{dataset}”的已准备数据：{detail}。',
    },
    hint: { en: 'Train again; it is then prepared anew.', zh: '请重新训练；届时会重新准备数据。' },
  },
  'data-out-of-memory': {
    message: {
      en: 'There was not enough memory to work on the table.',
      zh: '内存不足，无法处理该表格。',
    },
    hint: { en: 'Close other programs, or import fewer rows or columns.', zh: '请关闭其他程序，或减少导入的行或列。' },
  },
  'table-unreadable': {
    message: {
      en: 'The table could not be worked on; the log has the details.',
      zh: '无法处理该表格；日志中有详细信息。',
    },
    hint: { en: 'Try again. If it repeats, import the data once more.', zh: '请重试。如果再次出现，请重新导入数据。' },
  },
  'weight-is-target': {
    message: {
      en: 'The column "{column}" is both the target and the weight of rows.',
      zh: '列“{column}”既是目标又是行的权重。',
    },
    hint: { en: 'Choose another column as weight, or none.', zh: '请选择另一列作为权重，或不使用权重。' },
  },
  'weight-missing': {
    message: {
      en: 'Row {row} has no number in the column "{column}", which says how much each row counts.',
      zh: '第 {row} 行在列“{column}”中没有数字，而该列决定每行的权重。',
    },
    hint: {
      en: 'Give every row a weight of 0 or more and import the data again, or choose another column.',
      zh: '请为每一行填写不小于 0 的权重并重新导入数据，或选择另一列。',
    },
  },
  'weight-negative': {
    message: {
      en: 'Row {row} has the weight {value} in the column "{column}"; a weight cannot be below 0.',
      zh: '第 {row} 行在列“{column}”中的权重为 {value}；权重不能小于 0。',
    },
    hint: {
      en: 'Give every row a weight of 0 or more and import the data again, or choose another column.',
      zh: '请为每一行填写不小于 0 的权重并重新导入数据，或选择另一列。',
    },
  },
  'weights-zero': {
    message: {
      en: 'By the column "{column}" no training row counts: all their weights are 0.',
      zh: '按列“{column}”，没有任何训练行计入：它们的权重都是 0。',
    },
    hint: { en: 'Choose another column as weight, or none.', zh: '请选择另一列作为权重，或不使用权重。' },
  },
  'row-missing': {
    message: {
      en: 'There is no row {row}; "{dataset}" has the rows 0 to {last}.',
      zh: '没有第 {row} 行；“{dataset}”有第 0 到 {last} 行。',
    },
    hint: { en: 'Choose one of them.', zh: '请选择其中之一。' },
  },
  'column-without-pictures': {
    message: {
      en: 'The column "{column}" holds no pictures.',
      zh: '列“{column}”没有图片。',
    },
    hint: { en: 'Choose a column of pictures.', zh: '请选择图片列。' },
  },
} as const satisfies Record<string, ErrorWords>;
