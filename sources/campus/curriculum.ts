/** What is taught: the names that events carry, and who takes which course. */
export const skills = [
  'algebra',
  'geometry',
  'statistics',
  'reading',
  'writing',
  'physics',
  'chemistry',
  'biology',
] as const;

export const topics = [
  'space',
  'sports',
  'music',
  'animals',
  'history',
  'technology',
  'food',
  'travel',
  'art',
  'climate',
] as const;

export const formats = ['exercise', 'video', 'reading'] as const;

export const devices = ['laptop', 'tablet', 'phone'] as const;

/** Students of one class; class c has students 25 c … 25 c + 24 and belongs to programme c mod 4. */
export const classSize = 25;

export interface Course {
  readonly name: string;
  /** Index in {@link skills}: all items of a course train this skill. */
  readonly skill: number;
}

export interface Programme {
  readonly name: string;
  /** The four courses that each of its students takes. */
  readonly courses: readonly Course[];
}

export const programmes: readonly Programme[] = [
  programme('sciences', ['algebra-1', 'physics-1', 'chemistry-1', 'statistics-1']),
  programme('humanities', ['reading-1', 'writing-1', 'statistics-2', 'biology-1']),
  programme('engineering', ['algebra-2', 'geometry-1', 'physics-2', 'writing-2']),
  programme('health', ['biology-2', 'chemistry-2', 'reading-2', 'geometry-2']),
];

/** Courses per programme, and so the skills that one student trains. */
export const coursesPerStudent = 4;

function programme(name: string, courseNames: readonly string[]): Programme {
  return {
    name,
    courses: courseNames.map((courseName) => ({
      name: courseName,
      skill: skills.findIndex((skill) => courseName.startsWith(skill)),
    })),
  };
}
