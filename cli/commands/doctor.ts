/** `millrace doctor`: looks at what the engine needs and says what to do where something is missing. */
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { expectOrigin } from '../../api/loopback.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Settings } from '../../contracts/settings.ts';
import { nodeVersionFits, nodeVersionsNeeded } from '../nodeVersion.ts';
import { settingsOf, withSettings } from './options.ts';

interface Finding {
  readonly name: string;
  readonly good: boolean;
  /** What was seen, and what to do where it is not good. */
  readonly detail: string;
}

const gib = 2 ** 30;
/** An engine that runs answers sooner, ms. */
const answerMaxMs = 3_000;

function node(): Finding {
  const { node: version } = process.versions;
  const detail = `${version}; ${nodeVersionsNeeded}, is needed`;
  return { name: 'Node.js', good: nodeVersionFits(version), detail };
}

function memory(): Finding {
  const size = totalmem() / gib;
  return { name: 'memory', good: size >= 2, detail: `${size.toFixed(1)} GiB, 2 are needed` };
}

async function loads(name: string, module: string): Promise<Finding> {
  try {
    await import(module);
    return { name, good: true, detail: `${module} loads` };
  } catch (error) {
    const detail = `${module} does not load (${(error as Error).message.split('\n')[0]}): Linux with glibc or macOS on x64 or arm64 is needed`;
    return { name, good: false, detail };
  }
}

function directory(settings: Settings): Finding[] {
  const path = resolve(settings.data);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    const { bavail, bsize } = statfsSync(path);
    const free = (bavail * bsize) / gib;
    return [
      { name: 'data directory', good: true, detail: `${path} can be written` },
      {
        name: 'disk',
        good: free >= 2,
        detail: `${free.toFixed(1)} GiB free at ${path}, 2 are needed; MILLRACE_DATA names another place`,
      },
    ];
  } catch (error) {
    return [{ name: 'data directory', good: false, detail: (error as Error).message }];
  }
}

/** Whether the engine can listen, or does. */
async function port(settings: Settings): Promise<Finding> {
  const place = `${settings.host}:${settings.port}`;
  const bad = (detail: string): Finding => ({ name: 'port', good: false, detail });
  try {
    expectOrigin(settings.host, settings.origins);
    await tryToListen(settings);
    return { name: 'port', good: true, detail: `${place} is free` };
  } catch (error) {
    if (error instanceof EngineError) return bad(error.message);
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        return (await engineAnswers(settings))
          ? { name: 'port', good: true, detail: `an engine runs on ${place}` }
          : bad(`${place} is in use by another program; --port takes another`);
      case 'EACCES':
        return bad(`${place} is reserved for the system; --port takes one above 1023`);
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        return bad(`${settings.host} is no address of this machine; --host takes 127.0.0.1`);
      default:
        return bad(`${place} cannot be listened on: ${(error as Error).message}`);
    }
  }
}

function tryToListen({ host, port: number }: Settings): Promise<void> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(number, host, () => probe.close(() => done()));
  });
}

async function engineAnswers({ host, port: number }: Settings): Promise<boolean> {
  try {
    const name = host.includes(':') ? `[${host}]` : host;
    const signal = AbortSignal.timeout(answerMaxMs);
    const response = await fetch(`http://${name}:${number}/livez`, { signal });
    return response.status === 200 && (await response.text()) === 'ok\n';
  } catch {
    return false;
  }
}

function dashboard(): Finding {
  const good = existsSync(new URL('../../dashboard/index.html', import.meta.url));
  return { name: 'dashboard', good, detail: good ? 'built' : 'not built: npm run build' };
}

export const doctorCommand = withSettings(
  new Command('doctor').description('check what the engine needs on this machine'),
).action(async (options: Record<string, unknown>) => {
  const settings = settingsOf(options);
  const findings = [
    node(),
    memory(),
    await loads('event log', 'lmdb'),
    await loads('embedded ClickHouse', 'chdb'),
    ...directory(settings),
    await port(settings),
    dashboard(),
  ];
  for (const { name, good, detail } of findings) {
    console.log(`${good ? '  ok ' : ' BAD '} ${name.padEnd(20)} ${detail}`);
  }
  if (findings.some((finding) => !finding.good)) process.exitCode = 1;
});
