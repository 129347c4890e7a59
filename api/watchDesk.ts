/** What the routes of watches and alerts ask for, on the tables and definitions. */
import type { Alert, AlertState } from '../contracts/alert.ts';
import type { Store } from '../contracts/store.ts';
import type { AlertRoute, Lane } from '../contracts/watch.ts';
import type {
  AlertAnswer,
  AlertDetail,
  AlertsAnswer,
  RouteTested,
  WatchChecked,
  WatchStanding,
} from '../contracts/watchApi.ts';
import { type Answered, acknowledge, close } from '../control/alerts/answer.ts';
import { deliveryOf, readNotices } from '../control/notices/noticeRows.ts';
import { heeding, type Reader } from '../control/statement.ts';
import { readCourse } from '../control/watching/alertCourse.ts';
import {
  readAlert,
  readAlertHistory,
  readAlerts,
  writeAlerts,
} from '../control/watching/alertRows.ts';
import { changeSentence } from '../control/watching/alertWords.ts';
import { backTest } from '../control/watching/backTest.ts';
import {
  type HappeningSources,
  isOwnHappening,
  readAlertsIn,
  readHappenings,
  type Span,
} from '../control/watching/happenings.ts';
import type { JudgeMakers } from '../control/watching/judges/judgeOf.ts';
import { SourceProblem } from '../control/watching/sources/source.ts';
import { readStandings } from '../control/watching/standings.ts';
import type { WatchBoard } from '../control/watching/watchBoard.ts';
import type { WatchBook } from '../control/watching/watchBook.ts';
import type { Own } from './access/readerOf.ts';
import { latestChange } from './latestChange.ts';
import { createSlots } from './queries/slots.ts';
import { rememberTable } from './queries/tableMemory.ts';

export interface AlertQuery {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly state?: AlertState | 'open' | undefined;
  readonly watch?: string | undefined;
  readonly lane?: Lane | undefined;
  readonly limit: number;
}

/** What who asks may see. */
export interface Sight {
  /** What belongs to single people: alerts of a key, which may be of one or of few, are left out otherwise. */
  readonly people: boolean;
  /** Definitions of own places; absent: all. What happened to others, and alerts of other watches, are left out. */
  readonly own?: Own;
}

export interface WatchDesk {
  readonly book: WatchBook;
  readonly board: WatchBoard;
  standings(signal: AbortSignal): Promise<WatchStanding[]>;
  /** What is wrong with a watch, and how often it would have alerted. */
  check(definition: unknown, signal: AbortSignal): Promise<WatchChecked>;
  alerts(query: AlertQuery, signal: AbortSignal, sees: Sight): Promise<AlertsAnswer>;
  /** @returns undefined when there is none */
  alert(id: string, signal: AbortSignal, sees: Sight): Promise<AlertDetail | undefined>;
  acknowledge(id: string, answer: AlertAnswer, sees: Sight): Promise<Alert | Refusal>;
  close(id: string, answer: AlertAnswer, sees: Sight): Promise<Alert | Refusal>;
  happenings(span: Span, signal: AbortSignal, sees: Sight): ReturnType<typeof readHappenings>;
  /** Tells on a route that it is a test. */
  testRoute(route: AlertRoute, signal: AbortSignal): Promise<RouteTested>;
  /** A definition was changed here: who watches looks at once. */
  changed(): void;
  /** When an alert changed last, as far as it is known: looked up beside. */
  alertsChangedAt(): number | undefined;
}

type Refusal = Exclude<Answered, { readonly outcome: 'answered' }>;

export interface WatchDeskOptions {
  readonly store: Store;
  readonly book: WatchBook;
  readonly board: WatchBoard;
  readonly happenings: Omit<HappeningSources, 'reader' | 'definitions'>;
  /** IANA name of the zone in which days and hours are local. */
  readonly timeZone: string;
  readonly makers?: JudgeMakers;
  testRoute: WatchDesk['testRoute'];
  /** Somebody has changed an alert or a definition: who keeps them looks now. */
  readonly onAnswered: () => void;
  readonly clock: () => number;
}

const dayMs = 86_400_000;

export function createWatchDesk(options: WatchDeskOptions): WatchDesk {
  const { store, book, board, timeZone, makers, clock, onAnswered } = options;
  const checks = createSlots(1, 4);
  const alerts = rememberTable(store, 'alerts');
  let turn: Promise<unknown> = Promise.resolve();

  const sources = (reader: Reader): HappeningSources => ({
    ...{ ...options.happenings, reader },
    definitions: book,
  });

  /** What the data plane finds by itself has a single user as its key; a segment or another key may be of few. */
  const isHidden = ({ watch, key }: Pick<Alert, 'watch' | 'key'>, sees: Sight) =>
    sees.own?.('watch', watch) === false || (!sees.people && key.length > 0);

  /** Without what of others' alerts it tells. */
  function shownTo(alert: Alert, sees: Sight): Alert {
    const { own } = sees;
    if ((sees.people && own === undefined) || alert.explanation === null) return alert;
    const nearby = alert.explanation.nearby.filter(
      (each) => each.kind !== 'alert' && isOwnHappening(each, own),
    );
    return { ...alert, explanation: { ...alert.explanation, nearby } };
  }

  /** One after the other: each from what the one before has left. */
  function answer(
    id: string,
    { actor, note }: AlertAnswer,
    sees: Sight,
    change: (alert: Alert) => Answered,
  ): Promise<Alert | Refusal> {
    const task = turn.then(async (): Promise<Alert | Refusal> => {
      const before = await readAlert(store, id);
      if (before === undefined || isHidden(before, sees)) return { outcome: 'unknown' };
      const answered = change(before);
      if (answered.outcome !== 'answered') return answered;
      const { alert } = answered;
      const ended = changeSentence(before, alert);
      const care = `${alert.owner ?? 'Nobody'} takes care of it.`;
      const sentence = ended === '' ? care : ended;
      await writeAlerts(store, [{ alert, actor, sentence, reason: note }]);
      onAnswered();
      return alert;
    });
    turn = task.catch(() => undefined);
    return task;
  }

  return {
    ...{ book, board },
    standings: (signal) => readStandings(heeding(store, signal), book, board),

    async check(definition, signal) {
      const { definition: watch, problems } = await book.watches.check(definition);
      const nothing = { alerts: null, weeks: 0, examples: [] };
      if (watch === undefined || problems.some(({ severity }) => severity === 'problem')) {
        return { problems, ...nothing };
      }
      const calendar = book.days.all().map((each) => each.definition);
      const test = { calendar, timeZone, clock, signal, ...(makers && { makers }) };
      try {
        const tested = await checks.run(
          () => backTest(heeding(store, signal), watch, test),
          signal,
        );
        return { problems, ...tested };
      } catch (error) {
        if (!(error instanceof SourceProblem)) throw error;
        problems.push({ severity: 'problem', field: 'source', sentence: error.message });
        return { problems, ...nothing };
      }
    },

    async alerts({ limit, ...query }, signal, sees) {
      const { own } = sees;
      const seen = own && book.watches.keys().filter((key) => own('watch', key));
      const found = await readAlerts(alerts.reader(signal), {
        ...conditionsOf(query, sees.people, seen),
        limit: limit + 1,
      });
      const shown = found.slice(0, limit).filter((alert) => !isHidden(alert, sees));
      return { alerts: shown.map((alert) => shownTo(alert, sees)), more: found.length > limit };
    },

    async alert(id, signal, sees) {
      const remembered = alerts.reader(signal);
      const found = await readAlert(remembered, id);
      if (found === undefined || isHidden(found, sees)) return undefined;
      const alert = shownTo(found, sees);
      const around = { from: alert.since - dayMs, to: alert.since + dayMs };
      const [history, course, others, notices] = await Promise.all([
        readAlertHistory(remembered, id),
        readCourse(heeding(store, signal), alert),
        readAlertsIn(remembered, around, 1_000),
        readNotices(store, id),
      ]);
      return {
        ...{ alert, history, course, watch: definedOf(book.watches.get(alert.watch)) },
        incident: others
          .filter((each) => each.incident === alert.incident && each.id !== id)
          .filter((each) => !isHidden(each, sees))
          .map((each) => shownTo(each, sees)),
        deliveries: notices.map(deliveryOf),
      };
    },

    acknowledge: (id, given, sees) =>
      answer(id, given, sees, (alert) => {
        const taken = acknowledge(alert, given.owner ?? given.actor, given.note, clock());
        if (taken.outcome !== 'answered' || given.owner !== '') return taken;
        // Nobody takes care of it any more.
        return { ...taken, alert: { ...taken.alert, owner: null, acknowledgedAt: null } };
      }),

    close: (id, given, sees) =>
      answer(id, given, sees, (alert) => {
        const judgedTo = board.get(alert.watch)?.judgedTo ?? 0;
        const at = Math.max(judgedTo, alert.latest?.end ?? alert.noticedAt);
        return close(alert, given, at, clock());
      }),

    happenings: (span, signal, sees) =>
      readHappenings(
        {
          ...sources(heeding(store, signal)),
          isHidden: (alert) => isHidden(alert, sees),
          ...(sees.own && { own: sees.own }),
        },
        span,
      ),
    testRoute: options.testRoute,
    changed: onAnswered,

    alertsChangedAt: latestChange(store, 'alerts', clock),
  };
}

function definedOf(defined: ReturnType<WatchBook['watches']['get']>): AlertDetail['watch'] {
  return defined === undefined ? null : { ...defined };
}

/**
 * @param people whether alerts of a key are shown
 * @param seen   watches of which alerts are shown; undefined: of all
 */
function conditionsOf(
  { from, to, state, watch, lane }: Omit<AlertQuery, 'limit'>,
  people: boolean,
  seen: readonly string[] | undefined,
) {
  const time = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
  const having = [
    ...(state === undefined
      ? []
      : [state === 'open' ? `state != 'resolved'` : 'state = {state:String}']),
    ...(to === undefined ? [] : [`since < ${time('to')}`]),
    ...(from === undefined ? [] : [`(resolved_at IS NULL OR resolved_at >= ${time('from')})`]),
  ];
  const where = [
    ...(watch === undefined ? [] : ['watch = {watch:String}']),
    ...(lane === undefined ? [] : ['lane = {lane:String}']),
    ...(seen === undefined ? [] : ['watch IN {seen:Array(String)}']),
    ...(people ? [] : ['empty(key)']),
  ];
  return {
    ...(having.length === 0 ? {} : { having: having.join(' AND ') }),
    ...(where.length === 0 ? {} : { where: where.join(' AND ') }),
    parameters: {
      ...Object.fromEntries(
        Object.entries({ from, to, state, watch, lane }).filter(([, value]) => value !== undefined),
      ),
      ...(seen === undefined ? {} : { seen }),
    },
  };
}
