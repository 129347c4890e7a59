/**
 * Messages of Protobuf as JSON: its own JSON form, but integers of 64 bits are numbers where a double holds them, and what a
 * producer cannot leave out counts as said: a number 0, false and the first value of an enum stand there, empty text does not.
 *
 * Source: protobuf.dev, ProtoJSON format.
 */
import { exactInteger } from './exactInteger.ts';
import { instantText } from './instantText.ts';
import type {
  EnumDescription,
  FieldDescription,
  MessageDescription,
  ProtobufMessage,
  RegistryLibrary,
} from './registryLibrary.ts';

type ToJson = (value: unknown) => unknown;
type Library = Pick<RegistryLibrary, 'protobuf' | 'protoCamelCase'>;

/** `type` of descriptor.proto. */
const bytesType = 12;
const longTypes: ReadonlySet<number> = new Set([3, 4, 6, 16, 18]);
const implicitPresence = 2;

/**
 * @param memory of messages whose conversion is made already; a message may contain its own kind
 * @returns makes of a message what `JSON.stringify` takes
 */
export function protobufJson(
  library: Library,
  description: MessageDescription,
  memory = new Map<MessageDescription, ToJson>(),
): ToJson {
  const known = memory.get(description);
  if (known !== undefined) return known;
  const special = specialJson(library, description);
  if (special !== undefined) return special;
  const fields: ((message: ProtobufMessage, json: Record<string, unknown>) => void)[] = [];
  const toJson: ToJson = (value) => {
    const json: Record<string, unknown> = {};
    for (const write of fields) write(value as ProtobufMessage, json);
    return json;
  };
  memory.set(description, toJson);
  fields.push(...description.fields.map((field) => fieldWriter(library, field, memory)));
  return toJson;
}

function fieldWriter(
  library: Library,
  field: FieldDescription,
  memory: Map<MessageDescription, ToJson>,
): (message: ProtobufMessage, json: Record<string, unknown>) => void {
  const { localName, oneof, fieldKind } = field;
  const name = field.jsonName === '' ? library.protoCamelCase(field.name) : field.jsonName;
  const kind = field.listKind ?? field.mapKind ?? (fieldKind as 'scalar' | 'enum' | 'message');
  const toJson = valueJson(library, kind, field, memory);
  if (oneof !== undefined) {
    return (message, json) => {
      const chosen = message[oneof.localName] as { case?: string; value?: unknown };
      if (chosen.case === localName) json[name] = toJson(chosen.value);
    };
  }
  if (fieldKind === 'list') {
    return (message, json) => {
      const list = message[localName] as readonly unknown[];
      if (list.length > 0) json[name] = list.map(toJson);
    };
  }
  if (fieldKind === 'map') {
    return (message, json) => {
      const entries = Object.entries(message[localName] as object);
      if (entries.length === 0) return;
      json[name] = Object.fromEntries(entries.map(([key, value]) => [key, toJson(value)]));
    };
  }
  const isImplicit = fieldKind !== 'message' && field.presence === implicitPresence;
  if (isImplicit) {
    return (message, json) => {
      const value = message[localName];
      if ((value as { length?: number }).length !== 0) json[name] = toJson(value);
    };
  }
  return (message, json) => {
    if (library.protobuf.isFieldSet(message, field)) json[name] = toJson(message[localName]);
  };
}

function valueJson(
  library: Library,
  kind: 'scalar' | 'enum' | 'message',
  { scalar, message, enum: description }: FieldDescription,
  memory: Map<MessageDescription, ToJson>,
): ToJson {
  if (kind === 'message') return protobufJson(library, message!, memory);
  return kind === 'enum' ? enumJson(description!) : scalarJson(scalar!);
}

function scalarJson(type: number): ToJson {
  if (type === bytesType) return (value) => Buffer.from(value as Uint8Array).toString('base64');
  if (longTypes.has(type)) return (value) => exactInteger(BigInt(value as bigint | string));
  return (value) => value;
}

/** A number that has no name stays a number. */
function enumJson({ value: names }: EnumDescription): ToJson {
  if (names[0]?.name === 'NULL_VALUE') return () => null;
  return (value) => names[value as number]?.name ?? value;
}

/** Messages that have a JSON form of their own; undefined for the others. */
function specialJson(library: Library, description: MessageDescription): ToJson | undefined {
  const { typeName, fields } = description;
  const name = /^google\.protobuf\.(\w+)$/.exec(typeName)?.[1] ?? '';
  if (name === 'Timestamp') {
    return (value) => {
      const { seconds, nanos } = value as { seconds: bigint; nanos: number };
      return instantText(Number(seconds), nanos);
    };
  }
  // What it holds is of a type that the schema does not name.
  if (name === 'Any') {
    return (value) => {
      const any = value as { typeUrl: string; value: Uint8Array };
      return { '@type': any.typeUrl, value: Buffer.from(any.value).toString('base64') };
    };
  }
  // In a field the bare value stands for its wrapper.
  if (/^(Double|Float|U?Int(64|32)|Bool|String|Bytes)Value$/.test(name)) {
    const toJson = scalarJson(fields[0]!.scalar!);
    return (value) => toJson(isMessage(value) ? value['value'] : value);
  }
  if (/^(Struct|Value|ListValue|Duration|FieldMask|Empty)$/.test(name)) {
    return (value) => (isMessage(value) ? library.protobuf.toJson(description, value) : value);
  }
  return undefined;
}

function isMessage(value: unknown): value is ProtobufMessage {
  return typeof value === 'object' && value !== null && '$typeName' in value;
}
