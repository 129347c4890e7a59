/** Who asks, on each request: set before its route is reached. */
import { type Principal, permissions } from '../../contracts/access.ts';
import type { Within } from '../../contracts/place.ts';
import type { Credential } from '../../control/access/credentials.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
    /** By what; undefined: `local` and `nobody`. */
    credential: Credential | undefined;
    /** Of what it is answered: own places, narrowed to the one that was asked for. */
    within: Within;
  }
}

/** Whoever reaches an engine that nobody has an account of: it answers on its own machine alone, to its administrator. */
export const localPrincipal: Principal = {
  ...{ kind: 'local', id: '', name: 'administrator', scope: 'everywhere' },
  permissions: new Set(permissions),
};

/** Who has not said who asks. */
export const nobody: Principal = {
  ...{ kind: 'nobody', id: '', name: 'nobody', scope: 'everywhere' },
  permissions: new Set(),
};
