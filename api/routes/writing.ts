/** How a write to a registry of definitions is answered: who wrote, and what a refusal is over HTTP. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorHeader, readActor, unnamedActor } from '../../contracts/actor.ts';
import type { Within } from '../../contracts/place.ts';
import { type By, type Refused, refusal } from '../../control/definitions/written.ts';
import { type RequestCode, RequestError } from '../problems.ts';

/** Of the routes that write: who does so. */
export const ActorHeaders = z.object({
  [actorHeader]: z
    .string()
    .optional()
    .describe(
      'who does it, for the record: percent-encoded UTF-8 of at most 100 printable characters. Absent: administrator',
    ),
});

/** @throws RequestError REQUEST_INVALID when the name that is given is none */
export function byOf(headers: z.infer<typeof ActorHeaders>, reason: string): By {
  const header = headers[actorHeader];
  if (header === undefined) return { actor: unnamedActor, reason };
  const read = readActor(header);
  if ('name' in read) return { actor: read.name, reason };
  const issue = { at: actorHeader, message: read.problem };
  throw new RequestError('REQUEST_INVALID', `${issue.at}: ${issue.message}`, { issues: [issue] });
}

/** A move needs no body; some clients name a content type all the same. */
export function takeEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}

const codes = {
  experiment: 'EXPERIMENT_REFUSED',
  metric: 'EXPERIMENT_REFUSED',
  policy: 'POLICY_REFUSED',
  watch: 'WATCH_REFUSED',
  route: 'WATCH_REFUSED',
  'mute window': 'WATCH_REFUSED',
  'calendar entry': 'WATCH_REFUSED',
  alert: 'WATCH_REFUSED',
} as const satisfies Record<string, RequestCode>;

/** Of other definitions a problem may tell: who may not see all places is not told which. */
export function discreet<Written extends { readonly outcome: string }>(
  written: Written,
  within: Within,
): Written | Refused {
  if (within === 'everywhere') return written;
  if (written.outcome === 'refused') {
    return refusal([
      'It does not go together with what else there is: ask somebody who may see all places.',
    ]);
  }
  return 'problems' in written ? { ...written, problems: [] } : written;
}

/** What is defined. */
type Defined = keyof typeof codes;

type Accepted<Written> = Exclude<Written, Refused>;

/**
 * @param what of which kind it is: part of the sentence, and of the path to what is malformed
 * @returns what was written, mutable for the serializer
 * @throws RequestError REQUEST_INVALID, NOT_FOUND, KEY_TAKEN, REVISION_STALE, EXPERIMENT_REFUSED, POLICY_REFUSED or WATCH_REFUSED
 */
export function refuse<Written extends { readonly outcome: string }>(
  written: Written | Refused,
  what: Defined,
): Accepted<Written> {
  const refused = written as Refused;
  switch (refused.outcome) {
    case 'malformed': {
      const issues = refused.issues.map(({ at, message }) => ({
        at: at === '' ? what : `${what}.${at}`,
        message,
      }));
      const detail = issues.map(({ at, message }) => `${at}: ${message}`).join('; ');
      throw new RequestError('REQUEST_INVALID', detail, { issues });
    }
    case 'unknown':
      throw new RequestError('NOT_FOUND', `There is no ${what} of this key.`);
    case 'exists':
      throw new RequestError('KEY_TAKEN', `There is a ${what} of this key already. Take another.`);
    case 'stale': {
      const { revision } = refused;
      throw new RequestError(
        'REVISION_STALE',
        `It is at revision ${revision} now. Read it again, and make the change from there.`,
        { revision },
      );
    }
    case 'refused': {
      const { problems } = refused;
      const sentences = problems
        .filter(({ severity }) => severity === 'problem')
        .map(({ sentence }) => sentence);
      throw new RequestError(codes[what], sentences.join(' '), { problems });
    }
    default:
      return written as Accepted<Written>;
  }
}
