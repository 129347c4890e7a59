/** What lies nearest in time: an entry of a record and the stage that it began have clocks that differ a little. */

/** @returns undefined when nothing lies within `withinMs` of `at` */
export function nearestBy<Item>(
  items: readonly Item[],
  timeOf: (item: Item) => number,
  at: number,
  withinMs: number,
): Item | undefined {
  let nearest: Item | undefined;
  let distance = withinMs;
  for (const item of items) {
    const own = Math.abs(timeOf(item) - at);
    if (own > distance || (own === distance && nearest !== undefined)) continue;
    nearest = item;
    distance = own;
  }
  return nearest;
}
