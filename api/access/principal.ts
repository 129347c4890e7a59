/** Who asks, on each request: set before its route is reached. */
import { type Principal, permissions } from '../../contracts/access.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
}

/** Whoever reaches an engine that nobody has an account of: it answers on its own machine alone, to its administrator. */
export const localPrincipal: Principal = {
  ...{ kind: 'local', id: '', name: 'administrator', scope: 'everywhere' },
  permissions: new Set(permissions),
};
