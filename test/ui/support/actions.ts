/**
 * Everything that people can change on the pages: where, by which button, with which permission, and what the engine is asked.
 *
 * Each row is done once on a running engine by somebody who may, and seen disabled by somebody who may not.
 */
import type { Permission } from '../../../contracts/access.ts';

export interface Action {
  readonly page: string;
  /** What opens it, as it is called; absent: the page itself is for nobody else. */
  readonly button?: string;
  /** How the button is found, where it is no button. */
  readonly role?: 'button' | 'switch';
  /** What has to be pressed before it is seen. */
  readonly opens?: string;
  readonly needs: Permission;
  /** As in `routePolicy`. */
  readonly route: string;
}

const experiment = '/experiments/quiet-hours';
const policy = '/personalization/tutor-2';
const watches = '/anomalies/watches';
/** Of the campus; nobody else looks at them. */
export const person = 'student-000011';
const personPage = `/personalization/users/${person}`;

/** In the order in which they are done. */
export const actions = {
  'make a metric': {
    page: '/experiments',
    button: 'New experiment',
    needs: 'operate',
    route: 'POST /v1/experiment-metrics',
  },
  'create an experiment': {
    page: '/experiments',
    button: 'New experiment',
    needs: 'operate',
    route: 'POST /v1/experiments',
  },
  'change an experiment': {
    page: experiment,
    button: 'Edit',
    needs: 'operate',
    route: 'PUT /v1/experiments/:key',
  },
  'start an experiment': {
    page: experiment,
    button: 'Start …',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/start',
  },
  'note what happened': {
    page: experiment,
    button: 'Note something …',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/annotations',
  },
  'remove a note': {
    page: experiment,
    button: 'Remove the note “Fire drill”',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/annotations/remove',
  },
  'pause an experiment': {
    page: experiment,
    button: 'Pause …',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/pause',
  },
  'resume an experiment': {
    page: experiment,
    button: 'Resume …',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/resume',
  },
  'stop an experiment': {
    page: experiment,
    button: 'Stop …',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/stop',
  },
  'archive an experiment': {
    page: experiment,
    button: 'Archive …',
    needs: 'operate',
    route: 'POST /v1/experiments/:key/archive',
  },
  'create a policy': {
    page: '/personalization/tutor',
    button: 'Copy',
    needs: 'operate',
    route: 'POST /v1/policies',
  },
  'change a policy': {
    page: policy,
    button: 'Edit',
    needs: 'operate',
    route: 'PUT /v1/policies/:key',
  },
  'start a policy': {
    page: policy,
    button: 'Start …',
    needs: 'operate',
    route: 'POST /v1/policies/:key/start',
  },
  'pause a policy': {
    page: policy,
    button: 'Pause …',
    needs: 'operate',
    route: 'POST /v1/policies/:key/pause',
  },
  'resume a policy': {
    page: policy,
    button: 'Resume …',
    needs: 'operate',
    route: 'POST /v1/policies/:key/resume',
  },
  'stop a policy': {
    page: policy,
    button: 'Stop …',
    needs: 'operate',
    route: 'POST /v1/policies/:key/stop',
  },
  'archive a policy': {
    page: policy,
    button: 'Archive …',
    needs: 'operate',
    route: 'POST /v1/policies/:key/archive',
  },
  'add days': {
    page: watches,
    button: 'New days',
    needs: 'operate',
    route: 'PUT /v1/calendar/:key',
  },
  'remove days': {
    page: watches,
    opens: 'Change “Founders’ day”',
    button: 'Remove it …',
    needs: 'operate',
    route: 'DELETE /v1/calendar/:key',
  },
  'add a mute window': {
    page: watches,
    button: 'New mute window',
    needs: 'operate',
    route: 'PUT /v1/mutes/:key',
  },
  'remove a mute window': {
    page: watches,
    opens: 'Change “Weekends”',
    button: 'Remove it …',
    needs: 'operate',
    route: 'DELETE /v1/mutes/:key',
  },
  'add a route': {
    page: watches,
    button: 'New route',
    needs: 'administer',
    route: 'PUT /v1/routes/:key',
  },
  'test a route': {
    page: watches,
    button: 'Send a test by “Help desk”',
    needs: 'operate',
    route: 'POST /v1/routes/:key/test',
  },
  'remove a route': {
    page: watches,
    opens: 'Change “Help desk”',
    button: 'Remove it …',
    needs: 'administer',
    route: 'DELETE /v1/routes/:key',
  },
  'take care of an alert': {
    page: 'alert',
    button: 'Take care …',
    needs: 'operate',
    route: 'POST /v1/alerts/:id/acknowledge',
  },
  'close an alert': {
    page: 'alert',
    button: 'Close …',
    needs: 'operate',
    route: 'POST /v1/alerts/:id/close',
  },
  'switch a watch off': {
    page: watches,
    button: 'Watch “One too many”',
    role: 'switch',
    needs: 'operate',
    route: 'PUT /v1/watches/:key',
  },
  'remove a watch': {
    page: `${watches}/one-too-many`,
    button: 'Remove the watch …',
    needs: 'operate',
    route: 'DELETE /v1/watches/:key',
  },
  'say what is useful': {
    page: 'recommendation',
    button: 'Useful',
    needs: 'operate',
    route: 'POST /v1/insights/:id/answer',
  },
  'do what is recommended': {
    page: 'recommendation',
    button: 'Stop it as invalid',
    needs: 'operate',
    route: 'POST /v1/insights/:id/accept',
  },
  'train a model': {
    page: '/retraining',
    button: 'Train now …',
    needs: 'operate',
    route: 'POST /v1/retraining',
  },
  'record an objection': {
    page: personPage,
    button: 'Objects to training',
    role: 'switch',
    needs: 'administer',
    route: 'PUT /v1/users/:user/objection',
  },
  'take an objection back': {
    page: personPage,
    button: 'Takes all of it back …',
    needs: 'administer',
    route: 'DELETE /v1/users/:user/objection',
  },
  'erase a person': {
    page: personPage,
    button: 'Erase the person …',
    needs: 'administer',
    route: 'DELETE /v1/users/:user',
  },
  'register places': {
    page: '/settings/places',
    button: 'New institution …',
    needs: 'administer',
    route: 'PUT /v1/places',
  },
  'say where something belongs': {
    page: '/experiments/worked-hints',
    button: 'Change the place of this experiment',
    needs: 'operate',
    route: 'PUT /v1/belongings/:kind/:key',
  },
  'change an account': {
    page: '/settings/people',
    needs: 'administer',
    route: 'PUT /v1/accounts/:id',
  },
  'end sessions': {
    page: '/settings/people',
    needs: 'administer',
    route: 'DELETE /v1/accounts/:id/sessions',
  },
  'set a new password': {
    page: '/settings/people',
    needs: 'administer',
    route: 'POST /v1/accounts/:id/password',
  },
  'revoke a key': {
    page: '/settings/keys',
    needs: 'administer',
    route: 'DELETE /v1/keys/:id',
  },
  'end one session': {
    page: '/settings/people',
    needs: 'administer',
    route: 'DELETE /v1/accounts/:id/sessions/:session',
  },
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof actions;

/** Changing routes that neither `actions` nor `lifeActions` ask, with where they are tried, or why no page asks them. */
export const besides: Readonly<Record<string, string>> = {
  'POST /v1/accounts/first':
    'asked before anybody can be refused: the walk of roles begins with it',
  'POST /v1/accounts': 'the walk of roles makes one of each role',
  'POST /v1/keys': 'the walk of roles makes one',
  'POST /v1/models/:model/imports': 'by the command line alone: a file is read',
  'POST /v1/dead-letters/replay': 'by the command line alone',
  'PUT /v1/experiment-metrics/:key': 'by the API alone: pages make metrics and do not change them',
  'POST /v1/objections': 'by the command line alone: many at once',
};

/** What the walk through model life does, of which each is there for a while only: by the button that is disabled for who may not. */
export const lifeActions = {
  'Abort …': 'POST /v1/models/:model/release',
  'Release a version …': 'POST /v1/models/:model/releases',
  'Make it champion now …': 'POST /v1/models/:model/rollback',
  'Train now …': 'POST /v1/retraining',
  'Delete …': 'DELETE /v1/models/:model/versions/:version',
  Save: 'PUT /v1/models/:model/plan',
  'Cancel …': 'POST /v1/retraining/:id/cancel',
} as const;

export type LifeAction = keyof typeof lifeActions;
