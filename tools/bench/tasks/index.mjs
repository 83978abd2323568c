/** The tasks by kinds of data, each as its own file measures it: all together take hours, so each is a part of the bench. */
import { measureAnomalies } from './anomaly.mjs';
import { measureSounds } from './audio.mjs';
import { measurePictures } from './pictures.mjs';
import { measureRatings } from './ratings.mjs';
import { measureSeries } from './series.mjs';
import { measureTables } from './tables.mjs';
import { measureTexts } from './texts.mjs';

/** By the part of the bench: its title on the page of figures, and what measures it. */
export const taskParts = {
  'tasks-tables': { title: 'tables', measure: () => measureTables() },
  'tasks-pictures': { title: 'pictures', measure: () => measurePictures() },
  'tasks-sounds': { title: 'sounds', measure: () => measureSounds() },
  'tasks-texts': { title: 'texts', measure: () => measureTexts() },
  'tasks-series': { title: 'series', measure: () => measureSeries() },
  'tasks-ratings': { title: 'ratings', measure: () => measureRatings() },
  'tasks-anomalies': { title: 'anomalies', measure: () => measureAnomalies() },
};
