/** Until there are API keys the engine serves its own machine alone. */
import { EngineError } from '../contracts/errors.ts';

/** 127.0.0.0/8, ::1 and localhost, as a host to listen on. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(name)
  );
}

/** @throws EngineError CONFIGURATION_INVALID for a host that other machines can reach */
export function expectLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `host (HOST): ${host} can be reached from other machines, and the engine does not ask for API keys yet. ` +
      'Use 127.0.0.1, and a proxy that asks who calls if others must reach it.',
  );
}
