/** What a new key is good for, as a command for this very engine. */
import type { Permission } from '../../contracts/access.ts';
import { sendCommand } from '../parts/Empty.tsx';

export function exampleCommand(
  origin: string,
  key: string,
  permissions: readonly Permission[],
): string {
  const header = `-H 'authorization: Bearer ${key}'`;
  if (permissions.includes('read')) return `curl ${origin}/v1/health ${header}`;
  if (permissions.includes('produce')) {
    const command = sendCommand(origin, new Date().toISOString());
    return command.replace(' -H ', ` ${header} \\\n  -H `);
  }
  return `curl ${origin}/v1/session ${header}`;
}
