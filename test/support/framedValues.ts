/** Values of a topic as producers write them: by the serializers of the schema registry's own client. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadRegistry } from '../../sources/kafka/formats/loadRegistry.ts';
import { isRequired } from './isRequired.ts';

const root = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url);
const installed = fileURLToPath(new URL('.millrace/schema-registry/package.json', root));

/** Why no framed value can be made here, or ''. @throws Error where it must be possible */
export function whatFormatsLack(): string {
  try {
    loadRegistry();
    return '';
  } catch (error) {
    if (isRequired('formats')) throw error;
    return (error as Error).message;
  }
}

export type Headers = Record<string, Buffer>;

export interface Serializer {
  /** @param headers the frame goes in here, where that is its place */
  serialize(topic: string, message: unknown, headers?: Headers): Promise<Buffer>;
}

/** A field of a message: `['hint_count', 5, 'INT32']`, with further properties of its FieldDescriptorProto. */
export type Field = readonly [name: string, number: number, type: string, more?: object];

export interface File {
  readonly name?: string;
  readonly imports?: readonly File[];
  readonly messages: Readonly<Record<string, readonly Field[]>>;
  readonly enums?: Readonly<Record<string, readonly string[]>>;
}

interface Description {
  readonly file: unknown;
}

export interface Messages {
  /** @returns the description of a message of the file */
  describe(file: File, name: string): Description;
  create(description: Description, fields: object): object;
  /** base64 of a file's descriptor, without the JSON names that follow from the fields'. */
  serialize(schema: string): string;
}

export interface Serializers {
  avro(schema: object, options?: object): Serializer;
  json(schema: object, options?: object): Serializer;
  protobuf(description: Description, options?: object): Serializer;
  readonly messages: Messages;
}

const byTopic = { subjectNameStrategyType: 'TOPIC' };

/** Of a registry; schemas are registered as they are used first. */
export function serializersOf(
  url: string,
  register: (subject: string, schema: object) => number,
): Serializers {
  const require = createRequire(installed);
  const part = (name: string) => require(`@confluentinc/schemaregistry/dist/${name}`);
  const client = new (part('schemaregistry-client').SchemaRegistryClient)({ baseURLs: [url] });

  /** Registered under the subject of the topic that the value is for. */
  function byId(type: string, className: string, schema: object, options: object): Serializer {
    const Class = part(type)[className];
    const made = new Map<unknown, Serializer>();
    return {
      serialize(topic, message, headers) {
        const useSchemaId = register(`${topic}-value`, schema);
        const settings = { ...byTopic, useSchemaId, ...options };
        const known = made.get(useSchemaId);
        const serializer: Serializer = known ?? new Class(client, 'VALUE', settings);
        made.set(useSchemaId, serializer);
        return serializer.serialize(topic, message, headers);
      },
    };
  }

  return {
    avro: (schema, options = {}) =>
      byId('serde/avro', 'AvroSerializer', { schema: JSON.stringify(schema) }, options),
    json(schema, options = {}) {
      const given = { schemaType: 'JSON', schema: JSON.stringify(schema) };
      return byId('serde/json', 'JsonSerializer', given, options);
    },
    protobuf: (description, options = {}) => {
      const { createMutableRegistry } = require('@bufbuild/protobuf');
      const registry = createMutableRegistry(description);
      return new (part('serde/protobuf').ProtobufSerializer)(client, 'VALUE', {
        ...byTopic,
        autoRegisterSchemas: true,
        registry,
        ...options,
      });
    },
    messages: protobufMessages(require),
  };
}

function protobufMessages(require: NodeJS.Require): Messages {
  const protobuf = require('@bufbuild/protobuf');
  const known = require('@bufbuild/protobuf/wkt');
  const { protoCamelCase } = require('@bufbuild/protobuf/reflect');
  const builtIn: Readonly<Record<string, { readonly proto: object }>> = {
    'google/protobuf/timestamp.proto': known.file_google_protobuf_timestamp,
    'google/protobuf/wrappers.proto': known.file_google_protobuf_wrappers,
    'google/protobuf/struct.proto': known.file_google_protobuf_struct,
    'google/protobuf/duration.proto': known.file_google_protobuf_duration,
    'google/protobuf/any.proto': known.file_google_protobuf_any,
  };

  function registryOf(file: File) {
    const proto = protobuf.fromJson(known.FileDescriptorProtoSchema, {
      name: file.name ?? 'event.proto',
      package: 'campus',
      syntax: 'proto3',
      dependency: [...Object.keys(builtIn), ...(file.imports ?? []).map(({ name }) => name!)],
      messageType: Object.entries(file.messages).map(([name, fields]) => ({
        name,
        field: fields.map(([field, number, type, more]) => ({
          name: field,
          number,
          label: 'LABEL_OPTIONAL',
          jsonName: protoCamelCase(field),
          ...(/^[.]/.test(type)
            ? { type: 'TYPE_MESSAGE', typeName: type }
            : { type: `TYPE_${type}` }),
          ...more,
        })),
        oneofDecl: oneofsOf(fields),
      })),
      enumType: Object.entries(file.enums ?? {}).map(([name, values]) => ({
        name,
        value: values.map((value, number) => ({ name: value, number })),
      })),
    });
    return protobuf.createFileRegistry(proto, (name: string) => {
      const imported = (file.imports ?? []).find((each) => each.name === name);
      return builtIn[name] ?? registryOf(imported!).getFile(name);
    });
  }

  return {
    describe: (file, name) => registryOf(file).getMessage(`campus.${name}`),
    create: (description, fields) => protobuf.create(description, fields),
    serialize(schema) {
      const bytes = Buffer.from(schema, 'base64');
      const proto = protobuf.fromBinary(known.FileDescriptorProtoSchema, bytes);
      for (const { field } of proto.messageType) {
        for (const each of field) {
          if (each.jsonName === protoCamelCase(each.name)) {
            protobuf.clearField(each, known.FieldDescriptorProtoSchema.field.jsonName);
          }
        }
      }
      const bare = protobuf.toBinary(known.FileDescriptorProtoSchema, proto);
      return Buffer.from(bare).toString('base64');
    },
  };
}

/** One for each field that says `proto3Optional`, or which `oneof` it is of, in the order of their indexes. */
function oneofsOf(fields: readonly Field[]): { name: string }[] {
  const names: { name: string }[] = [];
  for (const [name, , , more] of fields) {
    const { oneofIndex, proto3Optional } = (more ?? {}) as {
      oneofIndex?: number;
      proto3Optional?: boolean;
    };
    if (oneofIndex === undefined) continue;
    names[oneofIndex] ??= { name: proto3Optional === true ? `_${name}` : `choice${oneofIndex}` };
  }
  return names;
}
