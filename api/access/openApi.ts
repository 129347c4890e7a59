/** What the description of the API says of access: the two ways to say who asks, and what each route needs. */
import type { RouteOptions } from 'fastify';
import { routePolicy } from './routePolicy.ts';

export const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `Authorization: Bearer mr_…`.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-millrace',
    description:
      'A person who signed in (`POST /v1/session`); without https the cookie is `millrace`. What changes something needs the ' +
      'header `millrace-csrf` besides.',
  },
} as const;

interface Described {
  readonly schema: object;
  readonly url: string;
}

/** Adds which permission a route needs. */
export function describeAccess<Content extends Described>(
  described: Content,
  route: RouteOptions,
): Content {
  const { schema, url } = described;
  const method = [route.method].flat().find((each) => each !== 'HEAD') ?? 'GET';
  const { needs, alsoNeeds } = routePolicy[`${method} ${route.url}`] ?? {};
  if (needs === undefined || 'hide' in schema) return described;
  const security = needs === 'nobody' ? [] : [{ key: [] }, { session: [] }];
  const also = alsoNeeds === undefined ? {} : { 'x-permission-also': alsoNeeds };
  return { ...described, url, schema: { ...schema, security, 'x-permission': needs, ...also } };
}
