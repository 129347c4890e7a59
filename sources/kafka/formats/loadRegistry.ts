/**
 * The client of a schema registry, loaded when a registry is configured and only then. Module by module: the package as a
 * whole loads the services of three clouds that keep keys.
 */
import { createRequire } from 'node:module';
import { EngineError } from '../../../contracts/errors.ts';
import type { RegistryLibrary } from './registryLibrary.ts';

const packageName = '@confluentinc/schemaregistry';
/** Where `npm run kafka -- --formats` installs; what lies in the folders around it is found too. */
const installed = new URL(
  `${import.meta.url.endsWith('.ts') ? '../../..' : '../../../..'}/.millrace/schema-registry/package.json`,
  import.meta.url,
);

/**
 * @param from a file beside whose `node_modules` the package is looked for
 * @throws EngineError REGISTRY_ABSENT when it is not installed or does not load
 */
export function loadRegistry(from: URL = installed): RegistryLibrary {
  let path: string;
  try {
    path = createRequire(from).resolve(`${packageName}/dist/serde/avro`);
  } catch (cause) {
    throw absent('is not installed', cause);
  }
  // What the package itself would load: its own versions.
  const require = createRequire(path);
  try {
    return {
      SchemaRegistryClient: require('../schemaregistry-client').SchemaRegistryClient,
      AvroDeserializer: require('./avro').AvroDeserializer,
      ProtobufDeserializer: require('./protobuf').ProtobufDeserializer,
      SchemaId: require('./serde').SchemaId,
      avro: require('avsc'),
      protobuf: require('@bufbuild/protobuf'),
      protoCamelCase: require('@bufbuild/protobuf/reflect').protoCamelCase,
    };
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0];
    throw absent(`does not load (${reason})`, cause);
  }
}

function absent(what: string, cause: unknown): EngineError {
  const detail = `a schema registry is configured, but its client ${what}: run npm run kafka -- --formats`;
  return new EngineError('REGISTRY_ABSENT', detail, { cause });
}
