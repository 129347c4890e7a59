/** Opens the port; says in words what keeps it from opening. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { EngineError } from '../contracts/errors.ts';
import { expectOrigin } from './loopback.ts';

export interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Under which others reach it. */
  readonly origins?: readonly string[];
}

/**
 * @returns the URL under which the server answers on its own machine
 * @throws EngineError CONFIGURATION_INVALID for a host that other machines can reach, without an origin, or that is none of this
 *                     machine; PORT_BUSY
 */
export async function listen(
  app: FastifyInstance,
  { host, port, origins = [] }: Address,
): Promise<string> {
  expectOrigin(host, origins);
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, { host, port });
  }
  const { port: taken } = app.server.address() as AddressInfo;
  // Whoever listens on all addresses answers on this one.
  const own = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${own.includes(':') ? `[${own}]` : own}:${taken}`;
}

function explain(error: NodeJS.ErrnoException, { host, port }: Address): Error {
  const cause = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new EngineError(
        'PORT_BUSY',
        `Port ${port} of ${host} is in use, perhaps by another millrace. End that program, or choose another ` +
          'port with --port or PORT (0 takes any free one).',
        cause,
      );
    case 'EACCES':
      return new EngineError(
        'CONFIGURATION_INVALID',
        `port (PORT): ${port} is reserved for the system; choose one above 1023.`,
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new EngineError(
        'CONFIGURATION_INVALID',
        `host (HOST): ${host} is no address of this machine.`,
        cause,
      );
    default:
      return error;
  }
}
