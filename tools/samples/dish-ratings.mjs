/**
 * Writes the sample `dish-ratings`: made-up guests of a made-up restaurant rate real dishes. Every rating is the guest's
 * mildness, the dish's quality, how well its cuisine, course and heat suit the guest, and noise, rounded to 1 to 5 stars;
 * guests choose what they may like and what is ordered often. The same seed writes the same bytes.
 *
 *   node tools/samples/dish-ratings.mjs
 */
import { writeFileSync } from 'node:fs';
import { projectPath } from '../setup/cache.mjs';
import { generator, normalFrom } from './random.mjs';

const seed = 20261127;
const guests = 300;
const fewest = 12;
const spread = 18;

/** Dishes by cuisine: name, course, heat from 0 to 3. */
const menu = {
  Chinese:
    'Mapo tofu:main:3,Kung pao chicken:main:2,Hot and sour soup:soup:2,Steamed dumplings:starter:0,Spring rolls:starter:0,Dan dan noodles:noodles:3,Fried rice:main:0,Sweet and sour pork:main:0,Wonton soup:soup:0,Egg tart:dessert:0',
  Indian:
    'Chicken tikka masala:main:2,Palak paneer:main:1,Vindaloo:main:3,Dal:soup:1,Samosa:starter:1,Biryani:main:2,Naan:starter:0,Butter chicken:main:1,Gulab jamun:dessert:0,Mango lassi:drink:0',
  Italian:
    'Margherita pizza:main:0,Carbonara:noodles:0,Arrabbiata:noodles:2,Minestrone:soup:0,Bruschetta:starter:0,Lasagne:main:0,Risotto:main:0,Tiramisu:dessert:0,Panna cotta:dessert:0,Caprese:starter:0',
  Japanese:
    'Ramen:noodles:1,Sushi platter:main:0,Miso soup:soup:0,Tempura:starter:0,Katsu curry:main:1,Udon:noodles:0,Gyoza:starter:0,Okonomiyaki:main:0,Mochi:dessert:0,Matcha:drink:0',
  Mexican:
    'Tacos al pastor:main:2,Enchiladas:main:2,Guacamole:starter:1,Tortilla soup:soup:1,Chiles rellenos:main:2,Quesadilla:main:0,Mole poblano:main:2,Churros:dessert:0,Horchata:drink:0,Ceviche:starter:1',
  Thai: 'Green curry:main:3,Pad thai:noodles:1,Tom yum:soup:3,Som tam:starter:3,Massaman curry:main:1,Satay:starter:1,Tom kha:soup:2,Pad krapow:main:3,Mango sticky rice:dessert:0,Thai iced tea:drink:0',
  French:
    'Onion soup:soup:0,Ratatouille:main:0,Coq au vin:main:0,Quiche:main:0,Croque monsieur:main:0,Bouillabaisse:soup:1,Crêpe:dessert:0,Crème brûlée:dessert:0,Niçoise salad:starter:0,Beef bourguignon:main:0',
  Turkish:
    'Lentil soup:soup:1,Döner:main:1,Iskender:main:0,Pide:main:0,Meze plate:starter:0,Adana kebab:main:3,Manti:noodles:1,Baklava:dessert:0,Künefe:dessert:0,Ayran:drink:0',
};

const uniform = generator(seed);
const normal = normalFrom(uniform);

const dishes = Object.entries(menu).flatMap(([cuisine, list]) =>
  list.split(',').map((entry) => {
    const [name = '', course = '', heat = '0'] = entry.split(':');
    return { name, cuisine, course, heat: Number(heat), quality: normal(0.4), orders: normal(0.8) };
  }),
);

/** @param {readonly string[]} names @param {number} deviation */
const tastes = (names, deviation) => Object.fromEntries(names.map((name) => [name, normal(deviation)]));

/** @type {string[]} */
const lines = ['guest,dish,rating,cuisine,course,heat'];
for (let guest = 1; guest <= guests; guest++) {
  const cuisines = tastes(Object.keys(menu), 0.9);
  const courses = tastes([...new Set(dishes.map(({ course }) => course))], 0.3);
  const [mildness, heatTaste] = [normal(0.4), normal(0.5)];
  const liking = dishes.map(
    ({ cuisine, course, heat, quality }) =>
      mildness + quality + (cuisines[cuisine] ?? 0) + (courses[course] ?? 0) + heatTaste * (heat - 1),
  );
  // The largest of log-weights with Gumbel noise are a draw without replacement by those weights.
  const drawn = dishes
    .map((dish, at) => ({
      at,
      key: dish.orders + 0.6 * (liking[at] ?? 0) - Math.log(-Math.log(1 - uniform())),
    }))
    .sort((one, other) => other.key - one.key)
    .slice(0, fewest + Math.floor(uniform() * spread));
  for (const { at } of drawn) {
    const dish = dishes[at];
    const stars = Math.min(5, Math.max(1, Math.round(3.2 + (liking[at] ?? 0) + normal(0.4))));
    if (dish)
      lines.push(
        `G${String(guest).padStart(3, '0')},${dish.name},${stars},${dish.cuisine},${dish.course},${dish.heat}`,
      );
  }
}
writeFileSync(projectPath('resources', 'samples', 'dish-ratings', 'ratings.csv'), `${lines.join('\n')}\n`);
console.log(`${lines.length - 1} ratings of ${dishes.length} dishes by ${guests} guests, seed ${seed}`);
