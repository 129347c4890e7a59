/** The engine as an institution runs it, in a process of its own: without a feed, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ServedEngine {
  readonly url: string;
  stop(): Promise<void>;
}

const command = fileURLToPath(new URL('../../cli/millrace.js', import.meta.url));
const startMs = 120_000;

/** @throws Error when it does not say where it is within two minutes, with what it said */
export async function serveEngine(directory: string): Promise<ServedEngine> {
  const engine = spawn(
    process.execPath,
    [command, 'start', '--no-campus', '--data', directory, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`The engine does not start: ${said}`));
    const timer = setTimeout(fail, startMs);
    engine.once('exit', fail);
    engine.stderr.on('data', (text) => {
      said += String(text);
    });
    engine.stdout.on('data', (text) => {
      said += String(text);
      const found = /on (http:\/\/\S+)/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      engine.off('exit', fail);
      resolve(found);
    });
  });
  return {
    url,
    async stop() {
      engine.kill('SIGTERM');
      if (engine.exitCode === null) await once(engine, 'exit');
    },
  };
}
