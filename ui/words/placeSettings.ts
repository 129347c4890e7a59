/** Every word of Settings ▸ Places. */
import type { PlaceLevel } from '../../contracts/place.ts';

const of = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

export const placeSettings = {
  headline: (institutions: number, programmes: number, courses: number) =>
    `${of(institutions, 'institution', 'institutions')}, ${of(programmes, 'programme', 'programmes')} and ${of(courses, 'course', 'courses')} are registered.`,
  headlineNone: 'No place is registered: everybody who may sign in sees everything.',
  waiting: 'Asking for the places …',
  title: 'Institutions, programmes, courses',
  text: 'By them figures are narrowed, and accounts and keys are confined. A course is what events call “course”.',
  none: 'No place yet',
  noneText:
    'Add an institution, or take all of them from a file: one line for each course, with its programme and its institution.',
  add: 'New institution …',
  take: 'From a file …',
  confined: 'Places are changed by whoever is allowed everywhere.',
  open: (name: string) => `Show what lies in ${name}`,
  actions: (name: string) => `Change ${name}`,
  menu: 'Change',
  counted: {
    institution: (count: number) => of(count, 'programme', 'programmes'),
    programme: (count: number) => of(count, 'course', 'courses'),
    course: () => '',
  } satisfies Record<PlaceLevel, (count: number) => string>,
  find: 'Find a place',
  found: (count: number) => (count === 0 ? 'Nothing fits.' : `${of(count, 'fits', 'fit')}.`),
  more: (count: number) => `${of(count, 'place', 'places')} more: find them by name.`,
  addIn: {
    institution: 'New programme in it …',
    programme: 'New course in it …',
    course: '',
  } satisfies Record<PlaceLevel, string>,
  rename: 'Rename …',
  move: 'Move …',
  remove: 'Remove',
  levels: {
    institution: 'institution',
    programme: 'programme',
    course: 'course',
  } satisfies Record<PlaceLevel, string>,

  addTitle: (level: string) => `New ${level}`,
  addConfirm: 'Add',
  renameTitle: (name: string) => `Rename ${name}`,
  renameConfirm: 'Rename',
  renameNote:
    'Accounts, keys and whatever belongs to it keep the old name: change them as well, or they see and belong to nothing.',
  courseNote: 'Events name their course: another name is another course.',
  moveTitle: (name: string) => `Move ${name}`,
  moveConfirm: 'Move',
  moveTo: 'Into',
  name: 'Name',
  nameTaken: (level: string) => `Another ${level} has this name: names are unique.`,
  nameLong: 'At most 256 characters.',
  cancel: 'Cancel',

  draft: 'Not saved yet',
  changes: (count: number) => `${of(count, 'change', 'changes')} not saved yet`,
  back: 'Take back the last one',
  discard: 'Discard all',
  save: 'Save …',
  saveTitle: 'Save the places',
  saveConfirm: 'Save',
  changed: {
    added: (name: string, level: string, parent: string | null) =>
      parent === null ? `New ${level} ${name}` : `New ${level} ${name}, in ${parent}`,
    moved: (name: string, level: string, parent: string | null) =>
      `The ${level} ${name} moves to ${parent ?? '–'}`,
    removed: (name: string, level: string) => `The ${level} ${name} is removed`,
  },
  moreChanges: (count: number) => `and ${of(count, 'change', 'changes')} more`,
  seen: 'Who is confined to places sees by the new ones from the next request on.',
  lost: 'What belongs to a place that is removed belongs to none, and whoever is confined to it sees nothing.',
  nothing: 'Nothing is left to save: somebody has done the same meanwhile.',
  saved: (count: number) => `${of(count, 'change is', 'changes are')} saved.`,
  undone: 'Taken back.',

  unplacedTitle: 'Courses without a place',
  unplacedText:
    'Events of the last 30 days name them, and no programme has them. Who is confined to places does not see them.',
  unplacedNone: 'Each course of the last 30 days has its place.',
  columns: { course: 'Course', events: 'Events', seen: 'Last seen', put: 'Place' },
  put: 'Put into …',
  putLong: (course: string) => `Put ${course} into a programme`,
  putTitle: (course: string) => `Where ${course} lies`,
  putConfirm: 'Put it there',
  programme: 'Programme',
  noProgramme: 'Add a programme first.',

  importTitle: 'Places from a file',
  importText:
    'Comma-separated: institution, programme, course. What is there already and lies elsewhere moves; what the file does not name stays.',
  file: 'File',
  importConfirm: 'Take them',
  tooLarge: (size: string, most: string) => `The file has ${size}; at most ${most} are read.`,
  unreadable: 'The file could not be read.',
  reading: 'Reading …',
  read: (count: number) => `${of(count, 'place', 'places')} in the file.`,
  importSame: 'All of them are registered like this already.',
  preview: 'What would change',
  mistakes: (count: number) =>
    `${of(count, 'line', 'lines')} cannot be taken: correct the file and choose it again.`,
  mistake: {
    columns: (line: number) => `Line ${line} has more than three columns.`,
    gap: (line: number, name: string) => `Line ${line}: what does “${name}” lie in?`,
    long: (line: number, name: string) =>
      `Line ${line}: “${name}…” is longer than 256 characters, or has a zero character.`,
    twice: (line: number, name: string) =>
      `Line ${line}: “${name}” lies elsewhere on an earlier line. A name stands for one place.`,
    quote: (line: number) => `Line ${line} has a quotation mark that does not end.`,
  },
  problem: 'Problem',
  fields: { places: 'Places', reason: 'Reason' } as Readonly<Record<string, string>>,
} as const;
