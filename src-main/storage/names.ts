/** Names for runs that people can say and remember ("calm-otter"), unique in a library. */
import { randomInt } from 'node:crypto';
import type { Database } from './database';

const adjectives = (
  'amber bold brave bright brisk calm clear clever cosy crisp curious daring deft eager early easy fair fancy fast ' +
  'fine fond free fresh gentle glad golden grand green happy honest jolly keen kind light lively lucid lucky mellow ' +
  'merry mild modest neat noble patient plain polite proud quick quiet rapid ready rosy round sharp shy silver simple ' +
  'smart smooth snug soft solid steady still strong sunny sure swift tidy tiny true vivid warm wise witty young'
).split(' ');

const animals = (
  'ant badger bear beaver bee bison cat clam cod crab crane crow deer dove duck eagle eel egret elk ewe falcon ferret ' +
  'finch fish fox frog gecko goat goose gull hare hawk heron horse ibex ibis jay koala lark lemur lion llama lynx ' +
  'magpie marten mole moose moth mouse newt okapi orca oriole otter owl ox panda pike pony puffin quail rabbit raven ' +
  'robin salmon seal shrew sloth snail sparrow squid stork swan tapir tern tiger toad trout turtle vole walrus wasp ' +
  'whale wolf wombat wren yak zebra'
).split(' ');

/** @returns a name that no run has, deleted ones included. */
export function newRunName(db: Database): string {
  const taken = db.prepare<[string], { id: string }>('SELECT id FROM runs WHERE name = ? LIMIT 1');
  for (let attempt = 0; ; attempt += 1) {
    const pair = `${adjectives[randomInt(adjectives.length)]}-${animals[randomInt(animals.length)]}`;
    const name = attempt < 20 ? pair : `${pair}-${randomInt(2, 10 * attempt)}`;
    if (!taken.get(name)) return name;
  }
}

/** @returns the name, with a number behind it where a run has it already. */
export function freeRunName(db: Database, name: string): string {
  const taken = db.prepare<[string], { id: string }>('SELECT id FROM runs WHERE name = ? LIMIT 1');
  for (let number = 1; ; number += 1) {
    const attempt = number === 1 ? name : `${name}-${number}`;
    if (!taken.get(attempt)) return attempt;
  }
}
