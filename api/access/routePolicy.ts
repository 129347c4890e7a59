/**
 * Which permission each route of the API needs, and which are written into the record: the whole policy as one table.
 *
 * The server refuses to be built with a route that is not here. Pages, documents and scripts of the dashboard are not: they hold
 * no data.
 */
import type { Permission } from '../../contracts/access.ts';
import type { PlacedKind } from '../../contracts/place.ts';

/**
 * How a route answers whoever may not see all places, or asks for one (`place=course:algebra`):
 * `everyone` – the same to all, since nothing in it is of a place;
 * `placed` – it reads `request.within`, and tells of nothing else;
 * `whole` – it is of the whole engine, and closed (`SCOPE_UNSUPPORTED`);
 * or about one definition, by a parameter of the path: as if there were none when it does not belong to one of these places.
 */
export type RouteWithin = 'everyone' | 'placed' | 'whole' | Belonging;

interface Belonging {
  readonly of: PlacedKind;
  readonly by: string;
}

export interface RoutePolicy {
  /** `nobody`: it is answered without a principal. */
  readonly needs: Permission | 'nobody';
  /** Needed besides, since its figures may be of few people and nothing in it is withheld. */
  readonly alsoNeeds?: 'people';
  readonly within: RouteWithin;
  /** Written into the audit log as an action, as a view of what belongs to a single person, or as the beginning or end of a session. */
  readonly record?: 'action' | 'view' | 'session';
  /** What says what it was about: a parameter of the path, `body.` and the way to a field of the body, or `query`, all that was asked. */
  readonly subject?: string;
}

/** By method and path, as they are registered. */
export const routePolicy: Readonly<Record<string, RoutePolicy>> = {
  'GET /livez': { needs: 'nobody', within: 'everyone' },
  'GET /metrics': { needs: 'read', within: 'whole' },
  'POST /ofrep/v1/evaluate/flags': { needs: 'decide', within: 'whole' },
  'POST /ofrep/v1/evaluate/flags/:key': { needs: 'decide', within: 'whole' },
  'GET /readyz': { needs: 'nobody', within: 'everyone' },
  'GET /v1/accounts': { needs: 'administer', within: 'whole' },
  'POST /v1/accounts': { needs: 'administer', within: 'whole', record: 'action' },
  'PUT /v1/accounts/:id': { needs: 'administer', within: 'whole', record: 'action', subject: 'id' },
  'POST /v1/accounts/:id/password': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'id',
  },
  'DELETE /v1/accounts/:id/sessions': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'id',
  },
  'GET /v1/accounts/:id/sessions': {
    needs: 'administer',
    within: 'whole',
    record: 'view',
    subject: 'id',
  },
  'DELETE /v1/accounts/:id/sessions/:session': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'id',
  },
  'POST /v1/accounts/first': { needs: 'nobody', within: 'everyone', record: 'action' },
  'GET /v1/alerts': { needs: 'read', within: 'placed' },
  'GET /v1/alerts/:id': { needs: 'read', within: 'placed' },
  'POST /v1/alerts/:id/acknowledge': {
    needs: 'operate',
    within: 'placed',
    record: 'action',
    subject: 'id',
  },
  'POST /v1/alerts/:id/close': {
    needs: 'operate',
    within: 'placed',
    record: 'action',
    subject: 'id',
  },
  'GET /v1/audit': { needs: 'audit', within: 'whole', record: 'view' },
  'GET /v1/audit/check': { needs: 'audit', within: 'whole' },
  'GET /v1/audit/export': { needs: 'audit', within: 'whole', record: 'view' },
  'GET /v1/belongings': { needs: 'read', within: 'placed' },
  'PUT /v1/belongings/:kind/:key': {
    needs: 'operate',
    within: 'placed',
    record: 'action',
    subject: 'key',
  },
  'GET /v1/calendar': { needs: 'read', within: 'everyone' },
  'DELETE /v1/calendar/:key': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'key',
  },
  'PUT /v1/calendar/:key': { needs: 'operate', within: 'whole', record: 'action', subject: 'key' },
  'GET /v1/calendar/:key/revisions': { needs: 'read', within: 'whole' },
  'GET /v1/dead-letters': { needs: 'people', within: 'whole', record: 'view' },
  'POST /v1/dead-letters/replay': { needs: 'operate', within: 'whole', record: 'action' },
  'POST /v1/decisions': { needs: 'decide', within: 'whole' },
  'POST /v1/decisions/batch': { needs: 'decide', within: 'whole' },
  'GET /v1/drift': { needs: 'read', within: 'whole' },
  'GET /v1/drift/:column': { needs: 'read', within: 'whole' },
  'POST /v1/events': { needs: 'produce', within: 'whole' },
  'GET /v1/events/behind': { needs: 'people', within: 'whole', record: 'view', subject: 'query' },
  'GET /v1/experiment-metrics': { needs: 'read', within: 'whole' },
  'POST /v1/experiment-metrics': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'body.metric.key',
  },
  'PUT /v1/experiment-metrics/:key': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'key',
  },
  'GET /v1/experiment-metrics/:key/figures': { needs: 'read', within: 'whole' },
  'GET /v1/experiments': { needs: 'read', within: 'placed' },
  'POST /v1/experiments': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'body.experiment.key',
  },
  'GET /v1/experiments/:key': { needs: 'read', within: { of: 'experiment', by: 'key' } },
  'PUT /v1/experiments/:key': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/:key/annotations': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/:key/annotations/remove': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/:key/archive': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  // Everything that was counted, small segments too.
  'GET /v1/experiments/:key/certificate': {
    needs: 'operate',
    alsoNeeds: 'people',
    within: { of: 'experiment', by: 'key' },
  },
  'GET /v1/experiments/:key/course': { needs: 'read', within: { of: 'experiment', by: 'key' } },
  'POST /v1/experiments/:key/pause': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/:key/resume': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/:key/start': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/:key/stop': {
    needs: 'operate',
    within: { of: 'experiment', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/experiments/check': { needs: 'read', within: 'whole' },
  'POST /v1/experiments/plan': { needs: 'read', within: 'everyone' },
  'GET /v1/happenings': { needs: 'read', within: 'placed' },
  'GET /v1/health': { needs: 'read', within: 'everyone' },
  'GET /v1/insights': { needs: 'read', within: 'placed' },
  'GET /v1/insights/:id': { needs: 'read', within: 'placed' },
  'POST /v1/insights/:id/accept': {
    needs: 'operate',
    within: 'placed',
    record: 'action',
    subject: 'id',
  },
  'POST /v1/insights/:id/answer': {
    needs: 'operate',
    within: 'placed',
    record: 'action',
    subject: 'id',
  },
  'GET /v1/insights/kinds': { needs: 'read', within: 'whole' },
  'GET /v1/keys': { needs: 'administer', within: 'whole' },
  'POST /v1/keys': { needs: 'administer', within: 'whole', record: 'action' },
  'DELETE /v1/keys/:id': { needs: 'administer', within: 'whole', record: 'action', subject: 'id' },
  'GET /v1/live': { needs: 'read', within: 'whole' },
  'GET /v1/metrics': { needs: 'read', within: 'placed' },
  'GET /v1/metrics/:metric': { needs: 'read', within: 'placed' },
  'GET /v1/model-lives': { needs: 'read', within: 'placed' },
  'GET /v1/models': { needs: 'read', within: 'placed' },
  'POST /v1/models/:model/imports': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'model',
  },
  'GET /v1/models/:model/life': { needs: 'read', within: { of: 'model', by: 'model' } },
  'PUT /v1/models/:model/plan': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'model',
  },
  'POST /v1/models/:model/predictions': { needs: 'decide', within: 'whole' },
  'GET /v1/models/:model/release': {
    needs: 'read',
    alsoNeeds: 'people',
    within: { of: 'model', by: 'model' },
  },
  'POST /v1/models/:model/release': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'model',
  },
  'POST /v1/models/:model/releases': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'model',
  },
  'POST /v1/models/:model/rollback': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'model',
  },
  'GET /v1/models/:model/rollback-preview': {
    needs: 'read',
    alsoNeeds: 'people',
    within: { of: 'model', by: 'model' },
  },
  'GET /v1/models/:model/served': { needs: 'read', within: { of: 'model', by: 'model' } },
  'DELETE /v1/models/:model/versions/:version': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'model',
  },
  'GET /v1/models/:model/versions/:version': {
    needs: 'read',
    alsoNeeds: 'people',
    within: { of: 'model', by: 'model' },
  },
  'GET /v1/models/:model/versions/:version/card': {
    needs: 'read',
    alsoNeeds: 'people',
    within: { of: 'model', by: 'model' },
  },
  'GET /v1/models/:name': { needs: 'read', within: { of: 'model', by: 'name' } },
  'GET /v1/models/:pipeline/:model/performance': {
    needs: 'read',
    within: { of: 'model', by: 'model' },
  },
  'GET /v1/mutes': { needs: 'read', within: 'whole' },
  'DELETE /v1/mutes/:key': { needs: 'operate', within: 'whole', record: 'action', subject: 'key' },
  'PUT /v1/mutes/:key': { needs: 'operate', within: 'whole', record: 'action', subject: 'key' },
  'GET /v1/mutes/:key/revisions': { needs: 'read', within: 'whole' },
  'GET /v1/objections': { needs: 'administer', within: 'whole', record: 'view' },
  'POST /v1/objections': { needs: 'administer', within: 'whole', record: 'action' },
  'GET /v1/pipelines': { needs: 'read', within: 'whole' },
  'GET /v1/pipelines/:name/epochs': { needs: 'read', within: 'whole' },
  'GET /v1/places': { needs: 'read', within: 'placed' },
  'PUT /v1/places': { needs: 'administer', within: 'whole', record: 'action' },
  'GET /v1/policies': { needs: 'read', within: 'placed' },
  'POST /v1/policies': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'body.policy.key',
  },
  'GET /v1/policies/:key': { needs: 'read', within: { of: 'policy', by: 'key' } },
  'PUT /v1/policies/:key': { needs: 'operate', within: 'whole', record: 'action', subject: 'key' },
  'POST /v1/policies/:key/archive': {
    needs: 'operate',
    within: { of: 'policy', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  // Candidates are other policies, by their keys.
  'POST /v1/policies/:key/evaluate': { needs: 'read', alsoNeeds: 'people', within: 'whole' },
  'POST /v1/policies/:key/explain': {
    needs: 'people',
    within: 'whole',
    record: 'view',
    subject: 'body.user',
  },
  'POST /v1/policies/:key/pause': {
    needs: 'operate',
    within: { of: 'policy', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'GET /v1/policies/:key/report': { needs: 'read', within: { of: 'policy', by: 'key' } },
  'POST /v1/policies/:key/resume': {
    needs: 'operate',
    within: { of: 'policy', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/policies/:key/start': {
    needs: 'operate',
    within: { of: 'policy', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'POST /v1/policies/:key/stop': {
    needs: 'operate',
    within: { of: 'policy', by: 'key' },
    record: 'action',
    subject: 'key',
  },
  'GET /v1/policies/algorithms': { needs: 'read', within: 'everyone' },
  'POST /v1/policies/check': { needs: 'read', within: 'whole' },
  'GET /v1/refusals': { needs: 'read', within: 'whole' },
  'GET /v1/retention': { needs: 'read', within: 'whole' },
  'GET /v1/retraining': { needs: 'read', within: 'whole' },
  'POST /v1/retraining': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'body.model',
  },
  'GET /v1/retraining/:id': { needs: 'read', alsoNeeds: 'people', within: 'whole' },
  'POST /v1/retraining/:id/cancel': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'id',
  },
  'GET /v1/routes': { needs: 'read', within: 'whole' },
  'DELETE /v1/routes/:key': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'key',
  },
  'PUT /v1/routes/:key': { needs: 'administer', within: 'whole', record: 'action', subject: 'key' },
  'GET /v1/routes/:key/revisions': { needs: 'read', within: 'whole' },
  'POST /v1/routes/:key/test': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'key',
  },
  'DELETE /v1/session': { needs: 'nobody', within: 'everyone', record: 'session' },
  'GET /v1/session': { needs: 'nobody', within: 'everyone' },
  'POST /v1/session': { needs: 'nobody', within: 'everyone', record: 'session' },
  'POST /v1/session/password': { needs: 'nobody', within: 'everyone', record: 'session' },
  'DELETE /v1/sessions': { needs: 'nobody', within: 'everyone', record: 'session' },
  'GET /v1/sessions': { needs: 'nobody', within: 'everyone' },
  'DELETE /v1/sessions/:session': {
    needs: 'nobody',
    within: 'everyone',
    record: 'session',
    subject: 'session',
  },
  'GET /v1/statistics': { needs: 'read', within: 'whole' },
  'GET /v1/statistics/:pipeline/:name': { needs: 'read', within: 'whole' },
  'DELETE /v1/users/:user': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'user',
  },
  'GET /v1/users/:user': { needs: 'people', within: 'placed', record: 'view', subject: 'user' },
  'GET /v1/users/:user/export': {
    needs: 'people',
    within: 'placed',
    record: 'view',
    subject: 'user',
  },
  'DELETE /v1/users/:user/objection': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'user',
  },
  'GET /v1/users/:user/objection': {
    needs: 'people',
    within: 'whole',
    record: 'view',
    subject: 'user',
  },
  'PUT /v1/users/:user/objection': {
    needs: 'administer',
    within: 'whole',
    record: 'action',
    subject: 'user',
  },
  'GET /v1/watched-models': { needs: 'read', within: 'placed' },
  'GET /v1/watches': { needs: 'read', within: 'placed' },
  'DELETE /v1/watches/:key': {
    needs: 'operate',
    within: 'whole',
    record: 'action',
    subject: 'key',
  },
  'PUT /v1/watches/:key': { needs: 'operate', within: 'whole', record: 'action', subject: 'key' },
  'GET /v1/watches/:key/revisions': { needs: 'read', within: { of: 'watch', by: 'key' } },
  'POST /v1/watches/check': { needs: 'read', alsoNeeds: 'people', within: 'whole' },
};
