/** The engine's own machine, and what must be told before others may reach the engine. */
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

/** @throws EngineError CONFIGURATION_INVALID for a host that other machines can reach, without a name under which they do */
export function expectOrigin(host: string, origins: readonly string[]): void {
  if (isLoopback(host) || origins.length > 0) return;
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `host (HOST): ${host} can be reached from other machines, so the engine must know its public address: ` +
      'set MILLRACE_ORIGIN, such as https://millrace.example.edu, or use 127.0.0.1.',
  );
}
