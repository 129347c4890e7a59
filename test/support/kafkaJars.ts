/** The jars of the tests' Kafka broker: resolved by Maven once, kept in .millrace. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';

const root = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url);
/** Tracked by nobody, ignored by git. */
export const cache = fileURLToPath(new URL('.millrace', root));
const pom = fileURLToPath(new URL('test/support/kafkaBroker.pom.xml', root));

/** Why no broker can be started here, or ''. */
export function whatKafkaLacks(): string {
  try {
    loadKafka();
  } catch (error) {
    return (error as Error).message;
  }
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (java.status !== 0) return 'Java is missing';
  const version = Number(/version "(\d+)/.exec(java.stderr)?.[1]);
  if (!(version >= 17)) return `Java 17 or newer is needed, this is ${version}`;
  if (existsSync(jarDirectory())) return '';
  return spawnSync('mvn', ['-version']).status === 0 ? '' : 'Maven is missing';
}

/**
 * The directory with Kafka and all that it needs.
 *
 * @throws Error with Maven's words when the jars cannot be had
 */
export function kafkaJars(): string {
  const directory = jarDirectory();
  if (existsSync(directory)) return directory;
  // Another test process may do the same: each resolves for itself, and the first to rename wins.
  const own = `${directory}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
  const { status, stdout } = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, ...goal, `-DoutputDirectory=${own}`],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(own, { recursive: true });
    throw new Error(`Maven cannot resolve the Kafka broker: ${stdout.slice(-2_000)}`);
  }
  try {
    renameSync(own, directory);
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}

/** Named after what the pom says, so that a new version is resolved anew. */
function jarDirectory(): string {
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex');
  return join(cache, `kafka-broker-${hash.slice(0, 16)}`);
}
