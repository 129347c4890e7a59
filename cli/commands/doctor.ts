/** `millrace doctor`: looks at what the engine needs and says what to do where something is missing. */
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
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

function port({ host, port: number }: Settings): Promise<Finding> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => {
      const detail = `${host}:${number} is in use (by a running engine?); --port takes another`;
      done({ name: 'port', good: false, detail });
    });
    probe.listen(number, host, () => {
      probe.close(() => done({ name: 'port', good: true, detail: `${host}:${number} is free` }));
    });
  });
}

function dashboard(): Finding {
  const good = existsSync(new URL('../../ui/index.html', import.meta.url));
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
