/** Definitions as who watches reads them. */
import type { AlertRoute, CalendarDays, MuteWindow, Watch } from '../../contracts/watch.ts';
import type { Defined } from './definitionShelf.ts';

interface Shelf<Content> {
  all(): readonly Defined<Content>[];
  get(key: string): Defined<Content> | undefined;
}

/** As `WatchBook` has them. */
export interface WatchDefinitions {
  readonly watches: Shelf<Watch>;
  readonly routes: Shelf<AlertRoute>;
  readonly mutes: Shelf<MuteWindow>;
  readonly days: Shelf<CalendarDays>;
}
