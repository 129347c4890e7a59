/** Watches and alerts in memory for the pages: answers their routes with what the contracts take, and keeps what is changed. */
import { z } from 'zod';
import { Alert, type Happening, type JudgedReading } from '../../contracts/alert.ts';
import {
  AlertRoute,
  CalendarDays,
  MuteWindow,
  Watch,
  type WatchInput,
} from '../../contracts/watch.ts';
import {
  AlertAnswer,
  AlertDetail,
  AlertsAnswer,
  DefinitionChange,
  HappeningsAnswer,
  RouteTested,
  WatchChecked,
  WatchesAnswer,
  type WatchStanding,
} from '../../contracts/watchApi.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface Revision {
  /** null: it was removed. */
  readonly definition: unknown;
  readonly revision: number;
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
}

type Kind = 'watches' | 'routes' | 'mutes' | 'calendar';

export interface FakeAlerts {
  readonly now: number;
  alerts: Alert[];
  happenings: Happening[];
  /** Revisions of each definition, the newest last. */
  readonly definitions: Record<Kind, Map<string, Revision[]>>;
  /** State, problem and counts of watches that are not just well. */
  readonly standings: Map<string, Partial<Omit<WatchStanding, 'watch'>>>;
  /** Routes by which a test cannot be sent, with the reason. */
  readonly broken: Map<string, string>;
}

const schemas = { watches: Watch, routes: AlertRoute, mutes: MuteWindow, calendar: CalendarDays };

export class NotTaken extends Error {
  readonly status: number;
  readonly problems: readonly object[];

  constructor(status: number, message: string, problems: readonly object[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

export function alertOf(now: number, part: Partial<Alert> & Pick<Alert, 'id'>): Alert {
  const since = part.since ?? now - 25 * minute;
  return Alert.parse({
    watch: 'answered-events',
    watchName: 'Answered events',
    lane: 'ingest',
    severity: 'high',
    key: [],
    state: 'firing',
    headline: 'Answered events fell to 4 % of what is usual.',
    direction: 'fall',
    since,
    noticedAt: since + 5 * minute,
    firedAt: since + 10 * minute,
    resolvedAt: null,
    ending: null,
    worst: reading(since, 9, 231),
    latest: reading(now - 5 * minute, 14, 228),
    flaps: 0,
    isFlapping: false,
    incident: part.id,
    owner: null,
    acknowledgedAt: null,
    note: '',
    mutedBy: null,
    explanation: null,
    revision: 3,
    changedAt: now,
    ...part,
  });
}

export function reading(start: number, value: number, expected: number): JudgedReading {
  return {
    ...{ start, end: start + 5 * minute, value, count: Math.round(value) },
    ...{ expected, lower: expected * 0.72, upper: expected * 1.31 },
    score: (value - expected) / (0.14 * expected),
    pValue: Math.abs(value - expected) > 0.5 * expected ? 1e-9 : 0.4,
  };
}

/** Around the alert: a day's curve, and the fall. */
export function courseOf(alert: Alert, now: number): JudgedReading[] {
  const from = alert.since - 6 * hour;
  const to = Math.min(now, (alert.resolvedAt ?? now) + 2 * hour);
  const steps = Math.floor((to - from) / (5 * minute));
  return Array.from({ length: steps }, (_, i) => {
    const start = from + i * 5 * minute;
    const expected = 230 + 40 * Math.sin((2 * Math.PI * (start % day)) / day);
    const isIn = start >= alert.since && start < (alert.resolvedAt ?? now);
    const wobble = 1 + 0.09 * Math.sin(i * 1.7) + 0.05 * Math.cos(i * 0.61);
    return reading(start, Math.round(expected * wobble * (isIn ? 0.05 : 1)), expected);
  });
}

const watches: readonly WatchInput[] = [
  {
    key: 'answered-events',
    name: 'Answered events',
    purpose: 'Answers stop when the exercise service is down. Look at its health first.',
    lane: 'ingest',
    severity: 'high',
    source: { kind: 'metric', metric: 'answered', figure: 'count' },
    judgement: { kind: 'usual', direction: 'fall' },
    pendingMs: 5 * minute,
    routes: ['on-call', 'team-chat'],
    runbook: 'https://example.org/runbooks/answers',
  },
  {
    key: 'correct-share',
    name: 'Share of correct answers, by course',
    lane: 'outcome',
    source: { kind: 'metric', metric: 'correct', figure: 'mean', by: 'segment' },
    judgement: { kind: 'usual', budgetPerWeek: 0.5 },
    routes: ['team-chat'],
  },
  {
    key: 'feature-drift',
    name: 'Drift of features',
    lane: 'feature',
    source: { kind: 'statistic', name: 'feature-drift', figure: 'alarms' },
    judgement: { kind: 'alarms' },
  },
  {
    key: 'calibration',
    name: 'Calibration of predictions',
    lane: 'prediction',
    source: { kind: 'statistic', name: 'calibration', figure: 'p' },
    judgement: { kind: 'probability', budgetPerWeek: 2 },
  },
  {
    key: 'lag',
    name: 'Events waiting',
    lane: 'operation',
    severity: 'high',
    source: { kind: 'finding', name: 'lag' },
    judgement: { kind: 'limit', direction: 'above', limit: 50_000 },
    routes: ['on-call'],
  },
  {
    key: 'logins',
    name: 'Logins',
    lane: 'ingest',
    source: { kind: 'metric', metric: 'login', figure: 'count' },
    judgement: { kind: 'usual', direction: 'either' },
    isActive: false,
  },
];

const routes: readonly z.input<typeof AlertRoute>[] = [
  {
    key: 'on-call',
    name: 'On call',
    least: 'high',
    to: { kind: 'email', to: ['oncall@example.org', 'head@example.org'] },
  },
  { key: 'team-chat', name: 'Team chat', to: { kind: 'chat', urlVariable: 'CHAT_URL' } },
  {
    key: 'tickets',
    name: 'Ticket system',
    isActive: false,
    to: {
      kind: 'webhook',
      url: 'https://tickets.example.org/hooks/alerts',
      secretVariable: 'TICKETS_SECRET',
    },
  },
];

function first(definition: { readonly key: string }, now: number): [string, Revision[]] {
  const at = now - 20 * day;
  return [
    definition.key,
    [{ definition, revision: 1, at, actor: 'María Klein', reason: 'To begin with' }],
  ];
}

export function fakeAlerts(now: number): FakeAlerts {
  const at = (hours: number) => now - hours * hour;
  const course = (name: string) => [`course=${name}`];
  const resolved = (id: string, hours: number, lasting: number, part: Partial<Alert> = {}) =>
    alertOf(now, {
      ...{ id, since: at(hours), state: 'resolved', ending: 'recovered' },
      resolvedAt: at(hours - lasting),
      ...part,
    });
  const contributions = [
    { name: 'course=algebra', value: 2, expected: 96, share: 0.437 },
    { name: 'course=geometry', value: 1, expected: 71, share: 0.326 },
    {
      name: 'course=a course with quite a long name that somebody has given it',
      value: 4,
      expected: 61,
      share: 0.265,
    },
    { name: 'course=logic', value: 12, expected: 6, share: -0.028 },
  ];
  const main = alertOf(now, {
    id: 'a-main',
    explanation: {
      contributions,
      nearby: [
        {
          at: at(0.6),
          until: null,
          kind: 'deployment',
          subject: 'exercise-service',
          sentence: 'Version 4.2 of the exercise service went live',
        },
        {
          at: at(2),
          until: null,
          kind: 'experiment',
          subject: 'hints',
          sentence: '“Worked hints”: traffic 0.1 → 0.5 (stage 2)',
        },
        {
          at: at(20),
          until: at(-4),
          kind: 'calendar',
          subject: 'exam-week',
          sentence: 'Exam week',
        },
      ],
      similar: [
        {
          id: 'a-old-1',
          since: at(90),
          resolvedAt: at(89),
          ending: 'recovered',
          note: 'The service was restarted',
        },
        {
          id: 'a-old-2',
          since: at(190),
          resolvedAt: at(188),
          ending: 'false alarm',
          note: 'A school holiday that nobody had entered',
        },
      ],
    },
  });
  const members = ['algebra', 'geometry', 'logic'].map((name, i) =>
    alertOf(now, {
      id: `a-course-${name}`,
      ...{ watch: 'correct-share', watchName: 'Share of correct answers, by course' },
      ...{ lane: 'outcome', severity: 'low', key: course(name), incident: 'a-main' },
      headline: `Correct answers in ${name} fell to 61 % of what is usual.`,
      since: now - (20 - 3 * i) * minute,
      ...(i === 2 ? { state: 'pending' as const, firedAt: null } : {}),
    }),
  );
  const blind = alertOf(now, {
    id: 'a-silent',
    ...{ watch: 'calibration', watchName: 'Calibration of predictions', lane: 'prediction' },
    ...{
      severity: 'low',
      state: 'no-data',
      direction: null,
      since: at(3),
      worst: null,
      latest: null,
    },
    headline: 'Calibration of predictions: no reading for 3 h.',
    owner: 'Jonas Weber',
    acknowledgedAt: at(2),
    note: 'The model is being replaced',
  });
  const over = [
    resolved('a-old-1', 90, 1, { owner: 'María Klein', note: 'The service was restarted' }),
    resolved('a-drift-1', 60, 5, {
      ...{
        watch: 'feature-drift',
        watchName: 'Drift of features',
        lane: 'feature',
        severity: 'low',
      },
      ...{ key: ['minutes'], headline: 'Drift of minutes: a detector raised an alarm.' },
      ending: 'became usual',
    }),
    resolved('a-lag', 40, 0.3, {
      ...{ watch: 'lag', watchName: 'Events waiting', lane: 'operation' },
      ...{ headline: 'Events waiting rose above 50 000.', direction: 'rise' },
    }),
    resolved('a-old-2', 190, 2, {
      ending: 'false alarm',
      note: 'A school holiday that nobody had entered',
    }),
    resolved('a-passed', 15, 0.1, {
      ...{ watch: 'correct-share', watchName: 'Share of correct answers, by course' },
      ...{
        lane: 'outcome',
        severity: 'low',
        key: course('logic'),
        ending: 'passed',
        firedAt: null,
      },
      headline: 'Correct answers in logic rose to 130 % of what is usual.',
    }),
  ];
  return {
    now,
    alerts: [main, ...members, blind, ...over],
    happenings: [
      {
        at: at(0.6),
        until: null,
        kind: 'deployment',
        subject: 'exercise-service',
        sentence: 'Version 4.2 of the exercise service went live',
      },
      {
        at: at(2),
        until: null,
        kind: 'experiment',
        subject: 'hints',
        sentence: '“Worked hints”: traffic 0.1 → 0.5 (stage 2)',
      },
      { at: at(52), until: at(-20), kind: 'calendar', subject: 'exam-week', sentence: 'Exam week' },
    ],
    definitions: {
      watches: new Map(watches.map((watch) => first(Watch.parse(watch), now))),
      routes: new Map(routes.map((route) => first(AlertRoute.parse(route), now))),
      mutes: new Map(
        [
          {
            key: 'nights',
            name: 'Nights',
            watches: ['correct-share'],
            when: {
              kind: 'weekly' as const,
              days: [1, 2, 3, 4, 5],
              fromMinute: 1_320,
              toMinute: 360,
            },
          },
          {
            key: 'holidays',
            name: 'Holidays and breaks',
            when: { kind: 'calendar' as const, kinds: ['holiday', 'break'] },
          },
        ].map((mute) => first(MuteWindow.parse(mute), now)),
      ),
      calendar: new Map(
        [
          {
            key: 'exam-week',
            name: 'Exam week',
            kind: 'exams' as const,
            from: dateOf(at(52)),
            to: dateOf(at(-20)),
          },
          {
            key: 'winter-break',
            name: 'Winter break',
            kind: 'break' as const,
            from: '2026-12-21',
            to: '2027-01-06',
          },
        ].map((days) => first(CalendarDays.parse(days), now)),
      ),
    },
    standings: new Map([
      ['answered-events', { state: 'firing', firedWeek: 2 }],
      ['correct-share', { state: 'firing', keys: 14, firedWeek: 5, falseWeek: 2 }],
      ['calibration', { state: 'no-data', judgedTo: at(3), keys: 3 }],
      [
        'lag',
        {
          state: 'error',
          judgedTo: null,
          keys: 0,
          problem: 'The pipeline “learning” has no finding of the name “lag”.',
        },
      ],
    ] as const),
    broken: new Map([['tickets', 'tickets.example.org does not answer']]),
  };
}

/** 300 alerts of one night, of 30 causes. */
export function manyAlerts(now: number): Alert[] {
  const lanes = ['ingest', 'feature', 'prediction', 'outcome', 'operation'] as const;
  return Array.from({ length: 300 }, (_, i) => {
    const cause = i % 30;
    const since = now - 20 * hour + cause * 38 * minute + Math.floor(i / 30) * 3 * minute;
    const isOver = cause % 3 !== 0;
    return alertOf(now, {
      id: `m-${i}`,
      incident: `m-${cause}`,
      lane: lanes[cause % 5]!,
      key: [`segment=${i}`],
      severity: cause % 2 === 0 ? 'high' : 'low',
      since,
      headline: `Metric number ${i} fell to ${i % 90} % of what is usual in a segment with a rather long name.`,
      ...(isOver ? { state: 'resolved', ending: 'recovered', resolvedAt: since + 2 * hour } : {}),
    });
  });
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly actor: string;
}

/** @returns undefined for a route that is not one of these */
export function answerAlerts(held: FakeAlerts, asked: Asked): unknown {
  const { method, path, query, body } = asked;
  const [, , collection = '', key, part] = path.split('/').map(decodeURIComponent);
  if (collection === 'happenings') {
    const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
    const happenings = held.happenings.filter(({ at, until }) => at <= to && (until ?? at) >= from);
    return HappeningsAnswer.parse({ happenings });
  }
  if (collection === 'alerts') {
    if (key === undefined) return AlertsAnswer.parse(listed(held, query));
    const alert = held.alerts.find(({ id }) => id === key);
    if (alert === undefined) throw new NotTaken(404, `There is no alert "${key}".`);
    if (method === 'GET') return AlertDetail.parse(detailed(held, alert));
    return answered(held, alert, part ?? '', AlertAnswer.parse(body));
  }
  if (!(collection in held.definitions)) return undefined;
  const kind = collection as Kind;
  if (key === undefined) return allOf(held, kind);
  if (kind === 'watches' && key === 'check') return WatchChecked.parse(checked(body));
  if (part === 'revisions') {
    return revisionsOf(held, kind, key);
  }
  if (part === 'test') {
    const problem = held.broken.get(key);
    const outcome = problem === undefined ? 'sent' : 'given up';
    return RouteTested.parse({ outcome, problem: problem ?? null });
  }
  if (method === 'DELETE') return removed(held, kind, key, query, asked.actor);
  if (method === 'PUT') return changed(held, kind, key, DefinitionChange.parse(body), asked.actor);
  return undefined;
}

function listed(held: FakeAlerts, query: URLSearchParams) {
  const { from, to, state, limit } = Object.fromEntries(query);
  const isAsked = ({ since, resolvedAt, state: own }: Alert) =>
    state === 'open'
      ? own !== 'resolved'
      : since <= Number(to) && (resolvedAt ?? Infinity) >= Number(from);
  const found = held.alerts.filter(isAsked).sort((a, b) => b.since - a.since);
  const most = Number(limit ?? 100);
  return { alerts: found.slice(0, most), more: found.length > most };
}

function detailed(held: FakeAlerts, alert: Alert) {
  const watch = held.definitions.watches.get(alert.watch)?.at(-1) ?? null;
  const by = (at: number, actor: string, sentence: string, reason = '') => ({
    at,
    actor,
    sentence,
    reason,
  });
  const isTold = alert.firedAt !== null && watch !== null;
  return {
    alert,
    watch,
    course: alert.latest === null ? [] : courseOf(alert, held.now),
    history: [
      by(alert.noticedAt, '', 'Noticed'),
      ...(alert.firedAt === null ? [] : [by(alert.firedAt, '', 'Told')]),
      ...(alert.acknowledgedAt === null
        ? []
        : [by(alert.acknowledgedAt, alert.owner ?? '', `${alert.owner} takes care`, alert.note)]),
      ...(alert.resolvedAt === null ? [] : [by(alert.resolvedAt, '', `Over: ${alert.ending}`)]),
    ],
    incident: held.alerts.filter(
      ({ id, incident }) => incident === alert.incident && id !== alert.id,
    ),
    deliveries: isTold
      ? [
          {
            route: 'on-call',
            what: 'firing',
            at: alert.firedAt,
            attempts: 1,
            outcome: 'sent',
            problem: null,
          },
          {
            route: 'team-chat',
            what: 'firing',
            at: alert.firedAt,
            attempts: 4,
            outcome: 'waiting',
            problem: 'chat.example.org answered 503',
          },
        ]
      : [],
  };
}

function answered(held: FakeAlerts, alert: Alert, part: string, given: AlertAnswer) {
  const { actor, owner, note, isFalse } = given;
  const change: Partial<Alert> =
    part === 'acknowledge'
      ? { owner: owner === '' ? null : (owner ?? actor), acknowledgedAt: held.now, note }
      : {
          state: 'resolved',
          ending: isFalse ? 'false alarm' : 'closed',
          resolvedAt: held.now,
          note,
        };
  const after = Alert.parse({ ...alert, ...change, revision: alert.revision + 1 });
  held.alerts = held.alerts.map((each) => (each.id === alert.id ? after : each));
  return after;
}

function allOf(held: FakeAlerts, kind: Kind): unknown {
  const newest = [...held.definitions[kind].values()]
    .map((revisions) => revisions.at(-1)!)
    .filter(({ definition }) => definition !== null);
  if (kind !== 'watches') return { [kind]: newest };
  return WatchesAnswer.parse({
    watches: newest.map((watch) => {
      const { key, isActive } = Watch.parse(watch.definition);
      return {
        watch,
        ...{ state: 'ok', judgedTo: held.now, keys: 1, problem: null, firedWeek: 0, falseWeek: 0 },
        ...held.standings.get(key),
        ...(isActive ? {} : { state: 'off' }),
      };
    }),
  });
}

/** What is wrong with a watch, and how often it would have alerted. */
function checked(body: unknown) {
  const { definition } = z.object({ definition: z.unknown() }).parse(body);
  const parsed = Watch.safeParse(definition);
  if (!parsed.success) {
    return { problems: problemsOf(parsed.error), alerts: null, weeks: 0, examples: [] };
  }
  const { source, judgement } = parsed.data;
  const isStrange = source.kind === 'metric' && source.metric === 'unheard-of';
  const problems = isStrange
    ? [
        {
          severity: 'remark',
          field: 'source.metric',
          sentence: 'There is no metric “unheard-of” yet.',
        },
      ]
    : [];
  const budget = 'budgetPerWeek' in judgement ? judgement.budgetPerWeek : 1;
  return {
    problems,
    alerts: isStrange ? null : Math.round(budget * 6) + 1,
    weeks: isStrange ? 0 : 6,
    examples: isStrange
      ? []
      : [
          {
            key: [],
            headline: 'Events of type answered fell to 4 % of what is usual.',
            since: Date.UTC(2026, 9, 5, 8),
            resolvedAt: Date.UTC(2026, 9, 5, 9),
          },
        ],
  };
}

function revisionsOf(held: FakeAlerts, kind: Kind, key: string) {
  const all = (held.definitions[kind].get(key) ?? []).toReversed();
  if (all.length === 0) throw new NotTaken(404, `There is no ${key}.`);
  return {
    revisions: all.filter(({ definition }) => definition !== null),
    removals: all
      .filter(({ definition }) => definition === null)
      .map(({ definition: _, ...removal }) => removal),
  };
}

function removed(held: FakeAlerts, kind: Kind, key: string, query: URLSearchParams, actor: string) {
  const revisions = held.definitions[kind].get(key) ?? [];
  const revision = (revisions.at(-1)?.revision ?? 0) + 1;
  const reason = query.get('reason') ?? '';
  const removal = { definition: null, revision, at: Date.now(), actor, reason };
  held.definitions[kind].set(key, [...revisions, removal]);
  return { revision };
}

function problemsOf({ issues }: z.ZodError) {
  return issues.map(({ path, message }) => ({
    severity: 'problem',
    field: path.join('.'),
    sentence: message,
  }));
}

function changed(
  held: FakeAlerts,
  kind: Kind,
  key: string,
  { definition, revision, reason }: z.infer<typeof DefinitionChange>,
  actor: string,
): Revision {
  const revisions = held.definitions[kind].get(key) ?? [];
  const newest = revisions.at(-1)?.revision ?? 0;
  if (newest !== revision) {
    throw new NotTaken(
      409,
      `Revision ${revision} is not the newest: somebody has changed it meanwhile (revision ${newest}).`,
    );
  }
  const parsed = schemas[kind].safeParse(definition);
  if (!parsed.success)
    throw new NotTaken(422, 'The definition is not valid.', problemsOf(parsed.error));
  const written = { definition: parsed.data, revision: newest + 1, at: Date.now(), actor, reason };
  held.definitions[kind].set(key, [...revisions, written]);
  return written;
}
