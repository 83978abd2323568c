/**
 * The forms in which ratings are published: RecBole's atomic files, whose headers name columns with their types
 * (https://recbole.io/docs/user_guide/data/atomic_files.html), and MovieLens 100k and 1M, which have no headers.
 */
import { basename, extname } from 'node:path';

type WordType = 'category' | 'text';

export interface TableLayout {
  readonly delimiter: string;
  /** Null where the first line names the columns, each with its type. */
  readonly columns: readonly NamedColumn[] | null;
  /** MovieLens was written before UTF-8: bytes that are none are Latin-1. */
  readonly latin1?: boolean;
}

export interface NamedColumn {
  readonly name: string;
  /** Of columns that hold words even where they look like numbers; undefined where the values are to say it. */
  readonly type: WordType | undefined;
}

/** A table that describes users or items, joined on its first column. */
export interface FeatureLayout extends TableLayout {
  readonly file: string;
  readonly of: 'user' | 'item';
}

export interface RatingLayout extends TableLayout {
  readonly features: readonly FeatureLayout[];
}

const word = (name: string, type: WordType = 'category'): NamedColumn => ({ name, type });
const value = (name: string): NamedColumn => ({ name, type: undefined });

const ratingColumns = [word('user'), word('item'), value('rating'), value('time')];
const genres = [
  ...[
    'unknown',
    'Action',
    'Adventure',
    'Animation',
    "Children's",
    'Comedy',
    'Crime',
    'Documentary',
    'Drama',
    'Fantasy',
  ],
  ...['Film-Noir', 'Horror', 'Musical', 'Mystery', 'Romance', 'Sci-Fi', 'Thriller', 'War', 'Western'],
];

const movieLens100k: RatingLayout = {
  delimiter: '\t',
  columns: ratingColumns,
  features: [
    {
      file: 'u.item',
      of: 'item',
      delimiter: '|',
      latin1: true,
      columns: [
        word('item'),
        word('title', 'text'),
        ...['release date', 'video release date', 'address'].map(value),
        ...genres.map((genre) => word(genre)),
      ],
    },
    {
      file: 'u.user',
      of: 'user',
      delimiter: '|',
      columns: [word('user'), value('age'), word('gender'), word('occupation'), word('zip code')],
    },
  ],
};

const movieLens1m: RatingLayout = {
  delimiter: '::',
  columns: ratingColumns,
  features: [
    {
      file: 'movies.dat',
      of: 'item',
      delimiter: '::',
      latin1: true,
      columns: [word('item'), word('title', 'text'), word('genres')],
    },
    {
      file: 'users.dat',
      of: 'user',
      delimiter: '::',
      columns: [word('user'), word('gender'), value('age'), word('occupation'), word('zip code')],
    },
  ],
};

/** By the file's name and first line; null where it is none of them. */
export function findRatingLayout(path: string, head: Uint8Array): RatingLayout | null {
  const name = basename(path).toLowerCase();
  const line =
    Buffer.from(head.subarray(0, 4096))
      .toString('utf8')
      .split(/[\r\n]/, 1)[0] ?? '';
  if (name === 'u.data' && /^\d+\t\d+\t[\d.]+\t\d+$/.test(line)) return movieLens100k;
  if (name === 'ratings.dat' && /^\d+::\d+::[\d.]+::\d+$/.test(line)) return movieLens1m;
  if (!name.endsWith('.inter') || !/:(token|float)(_seq)?\b/.test(line)) return null;
  const stem = basename(path, extname(path));
  const typed = { delimiter: '\t', columns: null };
  return {
    ...typed,
    features: [
      { ...typed, file: `${stem}.item`, of: 'item' },
      { ...typed, file: `${stem}.user`, of: 'user' },
    ],
  };
}

/** The columns of a typed header; null where one has no type. */
export function readTypedHeader(line: string): NamedColumn[] | null {
  const columns = line.split('\t').map((cell) => /^(.+):(token|token_seq|float|float_seq)$/.exec(cell.trim()));
  if (!columns.every((match) => match !== null)) return null;
  return columns.map(([, name = '', type]) => {
    if (type === 'float') return value(name);
    return word(name, type === 'token' ? 'category' : 'text');
  });
}
