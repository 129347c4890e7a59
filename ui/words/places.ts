/** Every word about where one looks: the places above each page, and what is not told of a place. */
import type { PlaceLevel } from '../../contracts/place.ts';

export const places = {
  label: 'Place',
  levels: { institution: 'Institution', programme: 'Programme', course: 'Course' } satisfies Record<
    PlaceLevel,
    string
  >,
  all: {
    institution: 'All institutions',
    programme: 'All programmes',
    course: 'All courses',
  } satisfies Record<PlaceLevel, string>,
  /** Of somebody who is confined to several places. */
  own: {
    institution: 'Your institutions',
    programme: 'Your programmes',
    course: 'Your courses',
  } satisfies Record<PlaceLevel, string>,
  /** Beside the name of a level, to those who hear it. */
  choose: (level: string, chosen: string) => `${level}: ${chosen}`,
  find: {
    institution: 'Find an institution',
    programme: 'Find a programme',
    course: 'Find a course',
  },
  none: (query: string) => `Nothing fits “${query}”.`,
  more: (count: string) => `${count} more: type a part of the name.`,
  fits: (count: number) => (count === 1 ? 'One fits' : `${count} fit`),
  separator: ' ▸ ',
  confined: 'You see this place alone.',
  goTo: (level: string, name: string) => `Go to ${level.toLowerCase()} ${name}`,
  everywhere: 'Go everywhere',
  everywhereOwn: 'Go to all your places',
} as const;

export const placeField = {
  wrong: 'There is no such place: choose one of the list.',
} as const;

export const beyond = {
  engineTitle: 'This is told of the whole engine',
  engine:
    'It is not divided by institution, programme or course, so nothing of it is shown for one of them.',
  metricTitle: 'This is not kept by course',
  metric: 'It is counted over all courses together, so there is no part of it for one place.',
  unknownTitle: (place: string) => `There is no ${place}`,
  unknown: 'No such place is registered: its name may have changed.',
  nowhereTitle: 'Your places are not registered yet',
  nowhere:
    'Your account is for places that nobody has registered, so nothing can be shown. An administrator registers them under Settings ▸ Places.',
  refusedTitle: 'This place is not one of yours',
  refused: 'Your account is for other places: what lies outside of them is not shown to you.',
  show: 'Show everywhere',
  ask: 'An administrator can give your account more places, or tell you what it says.',
  toOwn: (name: string) => `Go to ${name}`,
  nothing: 'Nothing has been counted for this place yet',
  short: 'Told of the whole engine alone, and not for the place that you look at.',
  absent: (place: string) => `It may lie elsewhere: you look at ${place}.`,
} as const;

export const belongings = {
  belongs: (place: string) => `Belongs to ${place}`,
  nowhere: 'Belongs to no place',
  change: 'Change …',
  changeLong: (what: string) => `Change the place of this ${what}`,
  kinds: { experiment: 'experiment', policy: 'policy', watch: 'watch', model: 'model' },
  title: (name: string) => `Where “${name}” belongs`,
  place: 'Place',
  whole: 'no place: the whole engine',
  confirm: 'Change',
  consequences: [
    'Whoever may see this place, or one around it, sees all of it, with its figures.',
    'What it does, and to whom, stays as it is.',
  ],
  none: 'No place is registered yet: an administrator does so under Settings ▸ Places.',
  fields: { place: 'Place', reason: 'Reason' } as Readonly<Record<string, string>>,
} as const;
