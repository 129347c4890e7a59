/** Who does something: as the body names them, or the header. */
import type { z } from 'zod';
import { readActor } from '../../contracts/actor.ts';
import { RequestError } from '../problems.ts';
import { type ActorHeaders, byOf } from './writing.ts';

/**
 * @param named in the body; '': the header counts
 * @throws RequestError REQUEST_INVALID when the name that is given is none
 */
export function actorOf(headers: z.infer<typeof ActorHeaders>, named = ''): string {
  if (named === '') return byOf(headers, '').actor;
  const read = readActor(encodeURIComponent(named));
  if ('name' in read) return read.name;
  const issue = { at: 'actor', message: read.problem };
  throw new RequestError('REQUEST_INVALID', `${issue.at}: ${issue.message}`, { issues: [issue] });
}
