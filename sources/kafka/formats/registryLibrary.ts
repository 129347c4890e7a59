/**
 * The parts of `@confluentinc/schemaregistry` that the engine uses, and of the packages by which it reads the formats, as
 * types. Written down here because the package is not installed where no schema registry is used.
 */

/** A schema as the registry gives it. */
export interface SchemaInfo {
  /** Absent for Avro. */
  readonly schemaType?: string;
  readonly schema: string;
  /** Schemas of other subjects that this one builds on. */
  readonly references?: readonly {
    readonly name: string;
    readonly subject: string;
    readonly version: number;
  }[];
  readonly ruleSet?: {
    readonly domainRules?: readonly Rule[];
    readonly encodingRules?: readonly Rule[];
  };
}

/** What clients of the registry do with values besides writing and reading them, such as encrypting fields. */
export interface Rule {
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly mode: string;
  readonly disabled?: boolean;
}

/** Keeps what it got by id or version, whatever the `format` was. */
export interface RegistryClient {
  /** @throws RestError, or an error of the connection */
  getBySubjectAndId(subject: string, id: number, format?: string): Promise<SchemaInfo>;
  getByGuid(guid: string, format?: string): Promise<SchemaInfo>;
  getSchemaMetadata(
    subject: string,
    version: number,
    deleted: boolean,
    format?: string,
  ): Promise<SchemaInfo>;
}

/** Thrown when the registry has answered with a failure. */
export interface RestError extends Error {
  /** Of HTTP. */
  readonly status: number;
  /** The registry's own, such as 40403; −1 when the answer has none. */
  readonly errorCode: number;
}

interface ClientSettings {
  readonly baseURLs: readonly string[];
  readonly maxRetries: number;
  readonly createAxiosDefaults: {
    readonly timeout: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly httpsAgent?: unknown;
  };
  readonly basicAuthCredentials?: {
    readonly credentialsSource: 'USER_INFO';
    readonly userInfo: string;
  };
}

/** Collects the texts of referenced schemas by name. */
export type ResolveReferences = (
  client: RegistryClient,
  schema: SchemaInfo,
  found: Map<string, string>,
) => Promise<void>;

type DeserializerClass<Settings, Methods> = new (
  client: RegistryClient,
  kind: 'VALUE',
  settings: Settings,
) => Methods;

/** A type of avsc. */
export interface AvroType {
  readonly typeName: string;
  /** @throws Error when the bytes are too few, too many, or wrong */
  fromBuffer(bytes: Buffer): unknown;
}

/** Called for each schema within a schema, before avsc makes a type of it. */
export type TypeHook = (schema: unknown, options: object) => AvroType | undefined;

export interface Avro {
  readonly Type: { forSchema(schema: unknown, options?: object): AvroType };
  readonly types: {
    readonly LogicalType: new (
      schema: unknown,
      options?: object,
    ) => AvroType & {
      readonly underlyingType: AvroType;
    };
    readonly LongType: {
      /** The methods get and give the eight bytes of the number, little-endian. */
      __with(methods: Readonly<Record<string, (value: never) => unknown>>): AvroType;
    };
  };
}

/** A message of protobuf-es. */
export interface ProtobufMessage {
  readonly $typeName: string;
  readonly [field: string]: unknown;
}

export interface MessageDescription {
  readonly typeName: string;
  readonly fields: readonly FieldDescription[];
}

export interface EnumDescription {
  readonly value: Readonly<Record<number, { readonly name: string }>>;
}

export interface FieldDescription {
  readonly name: string;
  /** Of the property in the message. */
  readonly localName: string;
  /** '' where the registry leaves it out; then it follows from the name. */
  readonly jsonName: string;
  readonly fieldKind: 'scalar' | 'enum' | 'message' | 'list' | 'map';
  readonly listKind?: 'scalar' | 'enum' | 'message';
  readonly mapKind?: 'scalar' | 'enum' | 'message';
  /** `type` of descriptor.proto. */
  readonly scalar?: number;
  readonly message?: MessageDescription;
  readonly enum?: EnumDescription;
  readonly oneof?: { readonly localName: string };
  /** 2: a value that was not written is zero. */
  readonly presence: number;
}

export interface Protobuf {
  fromBinary(description: MessageDescription, bytes: Uint8Array): ProtobufMessage;
  toJson(description: MessageDescription, message: ProtobufMessage): unknown;
  isFieldSet(message: ProtobufMessage, field: FieldDescription): boolean;
}

export interface RegistryLibrary {
  readonly SchemaRegistryClient: new (settings: ClientSettings) => RegistryClient;
  readonly AvroDeserializer: DeserializerClass<
    { readonly typeHook: TypeHook },
    {
      toType(info: SchemaInfo): Promise<[AvroType, unknown]>;
      /** Its own puts a schema before those that it builds on, where avsc does not know them yet. */
      resolveReferences: ResolveReferences;
    }
  >;
  readonly ProtobufDeserializer: DeserializerClass<
    object,
    {
      /** @param client asks for the serialized form, also of the files that are imported */
      toFileDesc(client: RegistryClient, info: SchemaInfo): Promise<object>;
      toMessageDescFromIndexes(file: object, indexes: readonly number[]): MessageDescription;
    }
  >;
  readonly SchemaId: new (
    kind: string,
  ) => {
    /** Which message of a file it is. @returns bytes that say so, and the way to it */
    readMessageIndexes(bytes: Buffer): [length: number, indexes: number[]];
    /** @returns text of the 16 bytes of a GUID */
    stringifyUuid(bytes: Uint8Array, offset?: number): string;
  };
  readonly avro: Avro;
  readonly protobuf: Protobuf;
  readonly protoCamelCase: (name: string) => string;
}
