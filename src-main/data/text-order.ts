/**
 * The order of a column of many different texts. DuckDB holds what it sorts in memory, so texts are ranked by a few characters
 * at a time: by their beginnings first, then, where those are the same, by what follows.
 */
import { execute, queryNumbers, queryRows } from './duckdb';

/** Characters of all texts together that are compared in one step. */
const STEP_CHARACTERS = 32_000_000;
/** Each step reads the whole column: fewer characters than these of a text would make too many steps. */
const LEAST_CHARACTERS = 16;

export interface TextColumn {
  /** SQL of the rows: a file's name as a literal. */
  readonly table: string;
  /** SQL of the column, as an identifier. */
  readonly name: string;
  /** SQL that begins with WHERE, or nothing. */
  readonly where: string;
  /** Rows of the table. */
  readonly rowCount: number;
}

interface Step {
  readonly made: string;
  /** Where the characters compared begin, from 1 on, and how many they are. */
  readonly from: number;
  readonly count: number;
  readonly ignoreCase: boolean;
}

let made = 0;

/**
 * Numbers first, as numbers; then texts without case, and by their characters where they differ in nothing else.
 * @returns each row's place among those that the WHERE lets through, the same for rows of one text; NaN for the others and for
 *   rows without a value. @throws CodedError `data-out-of-memory`, `disk-full`
 */
export async function rankTexts(
  column: TextColumn,
  descending: boolean,
  stepCharacters = STEP_CHARACTERS,
): Promise<Float64Array> {
  const places = `text_places_${++made}`;
  try {
    await rankBeginnings(column, places, descending, stepCharacters);
    await rankTies(column, places, descending, stepCharacters);
    const keys = new Float64Array(column.rowCount).fill(Number.NaN);
    const rows = await queryNumbers(`SELECT _index FROM ${places} ORDER BY _index`);
    const found = await queryNumbers(`SELECT place FROM ${places} ORDER BY _index`);
    for (const [at, row] of rows.entries()) keys[row] = found[at] ?? Number.NaN;
    return keys;
  } finally {
    for (const table of [places, `${places}_step`]) await execute(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** What is compared lies in a table of its own before it is sorted: sorted out of the file, whole texts would be held. */
async function rankBeginnings(
  { table, name, where, rowCount }: TextColumn,
  places: string,
  descending: boolean,
  stepCharacters: number,
): Promise<void> {
  const way = descending ? 'DESC' : 'ASC';
  const step = { from: 1, count: countFor(rowCount, stepCharacters), ignoreCase: true };
  await execute(`CREATE TABLE ${places}_step AS
    SELECT _index, hash(${name}) AS text, try_cast(${name} AS DOUBLE) AS number, ${piece(name, step)} AS piece
    FROM ${table} ${where === '' ? 'WHERE' : `${where} AND`} ${name} IS NOT NULL`);
  await execute(`CREATE TABLE ${places} AS
    SELECT _index, text, rank() OVER (ORDER BY number ${way} NULLS LAST, piece ${way}) AS place FROM ${places}_step`);
}

/** Rows that share a place though their texts differ get places of their own, until there are none such. */
async function rankTies(
  column: TextColumn,
  places: string,
  descending: boolean,
  stepCharacters: number,
): Promise<void> {
  let from = 1 + countFor(column.rowCount, stepCharacters);
  let ignoreCase = true;
  const longest = await longestOf(column);
  for (;;) {
    const tied = await countTied(places);
    if (tied === 0 || (from > longest && !ignoreCase)) return;
    if (from > longest) [from, ignoreCase] = [1, false];
    const count = countFor(tied, stepCharacters);
    await rankStep(column, { made: places, from, count, ignoreCase }, descending);
    from += count;
  }
}

async function rankStep({ table, name }: TextColumn, step: Step, descending: boolean): Promise<void> {
  const { made: places } = step;
  await execute(`CREATE OR REPLACE TABLE ${places}_step AS
    SELECT _index, ${piece(name, step)} AS piece FROM ${table}
    WHERE _index IN (SELECT _index FROM ${places} WHERE place IN (${tiedPlaces(places)}))`);
  await execute(`UPDATE ${places} SET place = ranked.place FROM (
    SELECT _index, place - 1 + rank() OVER (PARTITION BY place ORDER BY piece ${descending ? 'DESC' : 'ASC'}) AS place
    FROM ${places}_step JOIN ${places} USING (_index)) AS ranked WHERE ranked._index = ${places}._index`);
}

/** Lower case is taken of each character alone, so that of a piece is a piece of that of the whole. */
function piece(name: string, { from, count, ignoreCase }: Omit<Step, 'made'>): string {
  const characters = `substring(${name}, ${from}, ${count})`;
  return ignoreCase ? `lower(${characters})` : characters;
}

function countFor(rows: number, stepCharacters: number): number {
  return Math.max(LEAST_CHARACTERS, Math.floor(stepCharacters / Math.max(1, rows)));
}

function tiedPlaces(places: string): string {
  return `SELECT place FROM ${places} GROUP BY place HAVING min(text) <> max(text)`;
}

async function countTied(places: string): Promise<number> {
  const [[count] = []] = await queryRows(`SELECT count(*) FROM ${places} WHERE place IN (${tiedPlaces(places)})`);
  return Number(count);
}

async function longestOf({ table, name }: TextColumn): Promise<number> {
  const [[longest] = []] = await queryRows(`SELECT coalesce(max(length(${name})), 0) FROM ${table}`);
  return Number(longest);
}
