/** Who does something: the person or key that asks; where nobody has an account, as the body or the header names them. */
import type { FastifyRequest } from 'fastify';
import { actorHeader, readActor } from '../../contracts/actor.ts';
import { otherActor } from '../access/guard.ts';
import { RequestError } from '../problems.ts';
import { byOf } from './writing.ts';

/**
 * @param named in the body; '': the header counts
 * @throws RequestError REQUEST_INVALID when the name that is given is none, ACTOR_REFUSED when it is that of another
 */
export function actorOf(
  { principal, headers }: Pick<FastifyRequest, 'principal' | 'headers'>,
  named = '',
): string {
  if (principal.kind !== 'local') {
    if (named !== '' && named.trim() !== principal.name) throw otherActor(principal.name);
    return principal.name;
  }
  const header = headers[actorHeader];
  if (named === '') return byOf({ [actorHeader]: header?.toString() }, '').actor;
  const read = readActor(encodeURIComponent(named));
  if ('name' in read) return read.name;
  const issue = { at: 'actor', message: read.problem };
  throw new RequestError('REQUEST_INVALID', `${issue.at}: ${issue.message}`, { issues: [issue] });
}
