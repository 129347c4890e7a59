/** `millrace places`: which institutions, programmes and courses there are. */
import { Command } from 'commander';
import type { PlaceNode } from '../../contracts/place.ts';
import { PlacesAnswer } from '../../contracts/placeApi.ts';
import { get, put } from '../client.ts';
import { printable } from '../printable.ts';
import { readPlaces } from '../readPlaces.ts';
import { type ByOptions, withReason, withUrl } from './options.ts';

const path = '/v1/places';

const listCommand = withUrl(new Command('list').description('show the places that there are'))
  .option('--json', 'print the answer as JSON')
  .action(async ({ url, json }: { url: string; json?: boolean }) => {
    const answer = await get(url, path, PlacesAnswer);
    if (json === true) return console.log(JSON.stringify(answer));
    const { places, unplaced } = answer;
    if (places.length === 0) console.log('There are no places yet: millrace places import FILE');
    for (const line of linesOf(places)) console.log(line);
    if (unplaced.length === 0) return;
    const named = unplaced.slice(0, 20).map(({ course }) => printable(course));
    const others = unplaced.length - named.length;
    const more = others > 0 ? `, and ${others} more` : '';
    console.log(`Courses of events that are placed nowhere: ${named.join(', ')}${more}`);
  });

const importCommand = withReason(
  new Command('import').description('take all places from a file, in the stead of those there are'),
)
  .argument('<file>', 'JSON as `list --json` prints it, or CSV: institution,programme,course')
  .addHelpText(
    'after',
    `
A file that ends in .csv has the first line institution,programme,course and a line for each course.
Any other is JSON: [{"level": "course", "name": "algebra", "parent": "mathematics"}, …]
A course is the value of context.course of events. What the file has not is gone afterwards.

Example: millrace places import places.csv --reason "courses of the spring"`,
  )
  .action(async (file: string, { url, reason, actor }: ByOptions) => {
    const places = readPlaces(file);
    const { revision } = await get(url, path, PlacesAnswer);
    const answer = await put(url, path, { revision, places, reason }, PlacesAnswer, { actor });
    const count = (level: string) => answer.places.filter((each) => each.level === level).length;
    console.log(
      `Institutions: ${count('institution')}, programmes: ${count('programme')}, courses: ${count('course')}. ` +
        `Courses of events that are placed nowhere: ${answer.unplaced.length}.`,
    );
  });

/** Each below what it lies in. */
function linesOf(places: readonly PlaceNode[]): string[] {
  const shown: string[] = [];
  const below = (parent: PlaceNode | undefined, depth: number): void => {
    for (const node of places) {
      const isHere =
        parent === undefined
          ? node.parent === null
          : node.parent === parent.name && node.level === next[parent.level];
      if (!isHere) continue;
      shown.push(`${'  '.repeat(depth)}${printable(node.name)}  (${node.level})`);
      below(node, depth + 1);
    }
  };
  below(undefined, 0);
  return shown;
}

const next = { institution: 'programme', programme: 'course', course: '' } as const;

export const placesCommand = new Command('places')
  .description('show and take in the institutions, programmes and courses by which people see')
  .addCommand(listCommand)
  .addCommand(importCommand);
