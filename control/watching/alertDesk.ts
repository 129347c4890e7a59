/**
 * All alerts of the watches together: which belong to one incident, which are muted, and who is still to be told.
 *
 * What is to be told follows from how things are, not from what has just happened: an alert that fires and of which nobody was
 * told is told, whenever that comes to be so. So nothing is lost when the process ends between two steps.
 */
import type { Alert } from '../../contracts/alert.ts';
import type { AlertRoute, Watch } from '../../contracts/watch.ts';
import { isBehindHead, joinIncidents } from '../alerts/incidents.ts';
import { type Almanac, mutedBy } from '../alerts/muted.ts';
import { bounded, type Reader } from '../statement.ts';
import { type AlertRow, engineActor, readAlerts, readOpenAlerts } from './alertRows.ts';
import { changeSentence } from './alertWords.ts';
import { type OpenState, openStates } from './watchBoard.ts';

/** Who tells people: what was told before is not told again. */
export interface Teller {
  /** @param routes keys */
  tell(alert: string, what: 'firing' | 'resolved', routes: readonly string[]): Promise<void>;
}

/** What the desk has to know of definitions. */
export interface DeskDefinitions {
  watch(key: string): Watch | undefined;
  routes(): readonly AlertRoute[];
  almanac(): Almanac;
}

export interface Owed {
  readonly alert: Alert;
  readonly what: 'firing' | 'resolved';
  /** Keys. */
  readonly routes: readonly string[];
}

interface Said {
  readonly routes: readonly string[];
  isOver: boolean;
}

/** Alerts that are over and kept: their key may flap, or their end is still to be told. */
const endedMax = 5_000;

export class AlertDesk {
  readonly #definitions: DeskDefinitions;
  readonly #clock: () => number;
  /** Newest revisions: of those that are open, and of those that ended lately. */
  readonly #alerts = new Map<string, Alert>();
  readonly #said = new Map<string, Said>();
  /** Revisions that are not stored yet, in order. */
  #fresh: AlertRow[] = [];
  /** Of those the alerts that fire now, and did not before. */
  readonly #fired = new Set<string>();

  constructor(definitions: DeskDefinitions, clock: () => number) {
    this.#definitions = definitions;
    this.#clock = clock;
  }

  /** @throws EngineError SINK_UNAVAILABLE */
  async load(reader: Reader): Promise<void> {
    const [open, ended, said] = await Promise.all([
      readOpenAlerts(reader),
      readAlerts(reader, { having: `state = 'resolved'`, limit: endedMax }),
      reader.query<{ alert: string; what: string; routes: string[] }>(toldBefore),
    ]);
    for (const alert of [...ended, ...open]) this.#alerts.set(alert.id, alert);
    for (const { alert, what, routes } of said) {
      if (what === 'firing') this.#said.set(alert, { routes, isOver: false });
    }
    for (const { alert, what } of said) {
      const firing = this.#said.get(alert);
      if (what === 'resolved' && firing !== undefined) firing.isOver = true;
    }
    // Of what is over and was told to nobody, nobody is told.
    for (const { id } of ended) if (!this.#said.has(id)) this.#said.set(id, noRoutes());
  }

  get(id: string): Alert | undefined {
    return this.#alerts.get(id);
  }

  of(watch: string): Alert[] {
    return [...this.#alerts.values()].filter((alert) => alert.watch === watch);
  }

  open(): Alert[] {
    return [...this.#alerts.values()].filter(({ state }) => state !== 'resolved');
  }

  /** How many are open, by state. */
  counts(): Record<OpenState, number> {
    const counts = Object.fromEntries(openStates.map((state) => [state, 0]));
    for (const { state } of this.#alerts.values()) if (state in counts) counts[state]! += 1;
    return counts as Record<OpenState, number>;
  }

  /** Takes the next revision of an alert, to be stored. */
  take(alert: Alert, actor: string = engineActor, reason = ''): void {
    const before = this.#alerts.get(alert.id);
    const sentence = changeSentence(before, alert);
    if (alert.firedAt !== null && (before?.firedAt ?? null) === null) this.#fired.add(alert.id);
    this.#alerts.set(alert.id, alert);
    this.#fresh.push({ alert, actor, sentence, reason });
  }

  /** Takes what another process has stored. */
  takeStored(alert: Alert): void {
    this.#alerts.set(alert.id, alert);
  }

  /**
   * Changes an alert beside its life: in the revision that is not stored yet, or in another.
   *
   * @returns as it is then
   */
  revise(id: string, change: Partial<Alert>): Alert {
    const alert = this.#alerts.get(id)!;
    const at = this.#fresh.findLastIndex((row) => row.alert.id === id);
    if (at < 0) {
      const { revision } = alert;
      const next = { ...alert, ...change, revision: revision + 1, changedAt: this.#clock() };
      this.take(next);
      return next;
    }
    const next = { ...alert, ...change };
    this.#alerts.set(id, next);
    this.#fresh[at] = { ...this.#fresh[at]!, alert: next };
    return next;
  }

  /** Alerts that fire or are over in revisions that are not stored yet. */
  news(): Alert[] {
    const ids = new Set(this.#fresh.map(({ alert }) => alert.id));
    return [...ids]
      .map((id) => this.#alerts.get(id)!)
      .filter(({ id, firedAt, state }) => {
        return this.#fired.has(id) || (state === 'resolved' && firedAt !== null);
      });
  }

  /** Gives each alert that has just fired its incident. @returns alerts that were revised */
  join(): Alert[] {
    const fresh = [...this.#fired].map((id) => this.#alerts.get(id)!);
    if (fresh.length === 0) return [];
    const freshIds = new Set(fresh.map(({ id }) => id));
    const fired = this.open().filter(({ firedAt, id }) => firedAt !== null && !freshIds.has(id));
    const heads = fired.flatMap(({ incident }) => this.#alerts.get(incident) ?? []);
    const known = [...new Map([...fired, ...heads].map((alert) => [alert.id, alert])).values()];
    const joined = joinIncidents(known, fresh);
    return [...joined].map(([id, incident]) => this.revise(id, { incident }));
  }

  /**
   * Marks what is muted, and finds what is to be told.
   *
   * @param at now, event time
   * @returns alerts that were revised, and what is owed once they are stored
   */
  settle(at: number): { readonly revised: readonly Alert[]; readonly owed: readonly Owed[] } {
    const now = this.#clock();
    const almanac = this.#definitions.almanac();
    const revised: Alert[] = [];
    const owed: Owed[] = [];
    for (const alert of this.#alerts.values()) {
      const what = this.#owes(alert, at);
      if (what === undefined) continue;
      const window = mutedBy(alert.watch, now, almanac);
      const isMarked = alert.mutedBy === window;
      const next = isMarked ? alert : this.revise(alert.id, { mutedBy: window });
      if (!isMarked) revised.push(next);
      if (window !== null) continue;
      const routes = what === 'firing' ? this.#routesOf(next) : this.#said.get(alert.id)!.routes;
      owed.push({ alert: next, what, routes });
    }
    return { revised, owed };
  }

  #owes(alert: Alert, at: number): Owed['what'] | undefined {
    const said = this.#said.get(alert.id);
    if (alert.state === 'resolved') {
      return said !== undefined && !said.isOver ? 'resolved' : undefined;
    }
    if (alert.firedAt === null || said !== undefined) return undefined;
    const clearMs = this.#definitions.watch(alert.watch)?.clearMs ?? 0;
    const isBehind = isBehindHead(alert, this.#alerts.get(alert.incident), clearMs, at);
    return isBehind ? undefined : 'firing';
  }

  #routesOf({ watch, severity }: Alert): string[] {
    const wanted = new Set(this.#definitions.watch(watch)?.routes ?? []);
    return this.#definitions
      .routes()
      .filter((route) => wanted.has(route.key) && route.isActive)
      .filter(({ least }) => least === 'low' || severity === 'high')
      .map(({ key }) => key);
  }

  /** It was told. */
  told({ alert, what, routes }: Owed): void {
    if (what === 'firing') this.#said.set(alert.id, { routes, isOver: false });
    else this.#said.set(alert.id, { routes, isOver: true });
  }

  /** Revisions that are to be stored; `stored` once they are. */
  unstored(): readonly AlertRow[] {
    return this.#fresh;
  }

  stored(rows: readonly AlertRow[]): void {
    this.#fresh = this.#fresh.slice(rows.length);
    if (this.#fresh.length === 0) this.#fired.clear();
    this.#forget();
  }

  /** The oldest of what is over. */
  #forget(): void {
    const over = [...this.#alerts.values()].filter(({ state }) => state === 'resolved');
    if (over.length <= endedMax) return;
    over.sort((a, b) => a.changedAt - b.changedAt);
    for (const { id } of over.slice(0, over.length - endedMax)) {
      this.#alerts.delete(id);
      this.#said.delete(id);
    }
  }
}

function noRoutes(): Said {
  return { routes: [], isOver: true };
}

const toldBefore = bounded(`
  SELECT alert, what, groupUniqArray(route) AS routes
  FROM alert_notices
  WHERE made_at > now() - INTERVAL 90 DAY
  GROUP BY alert, what
  ORDER BY max(made_at) DESC
  LIMIT 20000`);
