/** The query of runs, for the window and the terminal. */
export { completeRunQuery, quoted, type Completion } from './complete';
export { describeQueryProblem, type QueryProblem } from './problem';
export { parseRunQuery } from './query';
