/** What an engine does not do, in its own words: what is asked for cannot be, or not now. */
export class Declined extends Error {
  readonly code: string;
  /** What the code means. */
  readonly title: string;

  constructor(code: string, detail: string, title: string) {
    super(detail);
    this.name = 'Declined';
    this.code = code;
    this.title = title;
  }
}
