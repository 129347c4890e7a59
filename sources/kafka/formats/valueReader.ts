/** What reads the values of a schema: made once for each, asynchronously; then each value is read in one turn. */

import { avroTypes } from './avroTypes.ts';
import { protobufJson } from './protobufJson.ts';
import type {
  RegistryClient,
  RegistryLibrary,
  ResolveReferences,
  Rule,
  SchemaInfo,
} from './registryLibrary.ts';
import type { SchemaFrame } from './schemaFrame.ts';

/**
 * @returns JSON in UTF-8
 * @throws Error when the bytes are not of the schema
 */
export type ValueReader = (frame: SchemaFrame) => Uint8Array;

/** Throws what its client throws, and an Error for a schema that cannot be used. */
export async function avroReader(
  library: RegistryLibrary,
  client: RegistryClient,
  info: SchemaInfo,
): Promise<ValueReader> {
  // One for each schema: types of the same name, as two versions have, must not meet.
  const deserializer = new library.AvroDeserializer(client, 'VALUE', {
    typeHook: avroTypes(library.avro),
  });
  deserializer.resolveReferences = resolveReferences;
  const [type] = await deserializer.toType(info);
  return ({ rest, body }) => jsonBytes(type.fromBuffer(body ?? rest));
}

/**
 * As {@link avroReader}.
 *
 * @param client   asks for the serialized form
 * @param info     in that form
 */
export async function protobufReader(
  library: RegistryLibrary,
  client: RegistryClient,
  info: SchemaInfo,
): Promise<ValueReader> {
  const deserializer = new library.ProtobufDeserializer(client, 'VALUE', {});
  const file = await deserializer.toFileDesc(client, info);
  const schemaId = new library.SchemaId('PROTOBUF');
  const memory = new Map();
  return ({ rest, body }) => {
    const [length, indexes] = schemaId.readMessageIndexes(rest);
    const description = deserializer.toMessageDescFromIndexes(file, indexes);
    const message = library.protobuf.fromBinary(description, body ?? rest.subarray(length));
    return jsonBytes(protobufJson(library, description, memory)(message));
  };
}

/** The value is the JSON; whether it is an event is judged later, as of any JSON. */
export const jsonReader: ValueReader = ({ rest, body }) => body ?? rest;

/** A rule by which a reader would have to change the value, such as to decrypt a field. */
export function readingRule({ ruleSet }: SchemaInfo): Rule | undefined {
  const rules = [...(ruleSet?.domainRules ?? []), ...(ruleSet?.encodingRules ?? [])];
  return rules.find(
    ({ kind, mode, disabled }) =>
      kind === 'TRANSFORM' && (mode === 'READ' || mode === 'WRITEREAD') && disabled !== true,
  );
}

/** Those that others build on come first. */
const resolveReferences: ResolveReferences = async (client, { references = [] }, found) => {
  for (const { name, subject, version } of references) {
    if (found.has(name)) continue;
    const info = await client.getSchemaMetadata(subject, version, true);
    await resolveReferences(client, info, found);
    found.set(name, info.schema);
  }
};

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
