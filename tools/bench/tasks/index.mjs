/** All tasks, each as its own file measures it. */
import { measureAnomalies } from './anomaly.mjs';
import { measureSounds } from './audio.mjs';
import { measurePictures } from './pictures.mjs';
import { measureRatings } from './ratings.mjs';
import { measureSeries } from './series.mjs';
import { measureTables } from './tables.mjs';
import { measureTexts } from './texts.mjs';

/** @returns {import('./terminal.mjs').Row[]} */
export function measureTasks() {
  return [
    ...measureTables(),
    ...measurePictures(),
    ...measureSounds(),
    ...measureTexts(),
    ...measureSeries(),
    ...measureRatings(),
    ...measureAnomalies(),
  ];
}
