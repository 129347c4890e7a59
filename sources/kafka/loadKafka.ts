/** The Kafka client, loaded when Kafka is configured and only then: the embedded mode runs without it. */
import { createRequire } from 'node:module';
import { EngineError } from '../../contracts/errors.ts';
import type { KafkaLibrary } from './library.ts';

const packageName = '@confluentinc/kafka-javascript';
/** Where `npm run kafka` installs; what lies in the folders around it is found too. */
const installed = new URL(
  `${import.meta.url.endsWith('.ts') ? '../..' : '../../..'}/.millrace/kafka/package.json`,
  import.meta.url,
);

/**
 * @param from a file beside whose `node_modules` the client is looked for
 * @throws EngineError KAFKA_ABSENT when the client is not installed or does not load
 */
export function loadKafka(from: URL = installed): KafkaLibrary {
  const require = createRequire(from);
  try {
    require.resolve(packageName);
  } catch (cause) {
    throw new EngineError(
      'KAFKA_ABSENT',
      'Kafka is configured, but its client is not installed: run npm run kafka',
      { cause },
    );
  }
  try {
    return require(packageName);
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0];
    throw new EngineError(
      'KAFKA_ABSENT',
      `Kafka is configured, but its client does not load (${reason}): run npm run kafka`,
      { cause },
    );
  }
}
