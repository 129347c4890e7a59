/** A client of a schema registry that asks once, always for one form of the schemas; and what its failures mean. */
import { Agent } from 'node:https';
import type { RegistryClient, RegistryLibrary, RestError, SchemaInfo } from './registryLibrary.ts';

export interface RegistryPlace {
  /** Addresses of one registry; the next is tried when one does not answer. */
  readonly urls: readonly string[];
  /** Either a user … */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** … or a bearer token. */
  readonly token?: string | undefined;
  /** Authorities that vouch for the server, when they are private, as PEM. */
  readonly ca?: string | undefined;
}

const requestMs = 5_000;

/** The registry gives something else than was asked for: older ones do not know the serialized form. */
class FormatError extends Error {}

/**
 * @param format `serialized` for Protobuf: base64 of a FileDescriptorProto. The client keeps schemas whatever their form, so
 *               each form has a client of its own.
 */
export function registryClient(
  library: RegistryLibrary,
  { urls, user, password, token, ca }: RegistryPlace,
  format?: 'serialized',
): RegistryClient {
  const client = new library.SchemaRegistryClient({
    baseURLs: urls,
    // Who asks tries again, and tells.
    maxRetries: 0,
    createAxiosDefaults: {
      timeout: requestMs,
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
      ...(ca === undefined ? {} : { httpsAgent: new Agent({ ca }) }),
    },
    ...(user === undefined ? {} : { basicAuthCredentials: basic(user, password ?? '') }),
  });
  if (format === undefined) return client;
  return {
    getBySubjectAndId: async (subject, id) =>
      inBase64(await client.getBySubjectAndId(subject, id, format)),
    getByGuid: async (guid) => inBase64(await client.getByGuid(guid, format)),
    getSchemaMetadata: async (subject, version, deleted) =>
      inBase64(await client.getSchemaMetadata(subject, version, deleted, format)),
  };
}

function basic(user: string, password: string) {
  return { credentialsSource: 'USER_INFO', userInfo: `${user}:${password}` } as const;
}

function inBase64(info: SchemaInfo): SchemaInfo {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(info.schema)) return info;
  throw new FormatError('it does not give schemas of Protobuf with format=serialized');
}

/** Did the registry itself say that it has no such thing? A 404 of something else in its place is no answer. */
export function isAbsent(error: unknown): boolean {
  const { status, errorCode = 0 } = error as Partial<RestError>;
  return status === 404 && errorCode >= 40_400 && errorCode < 40_500;
}

/** Is it a failure of the registry or of the way there? Others are of a schema. */
export function isOfRegistry(error: unknown): boolean {
  const { status, isAxiosError } = error as { status?: number; isAxiosError?: boolean };
  return status !== undefined || isAxiosError === true || error instanceof FormatError;
}

/** In one sentence, without anything of the request. */
export function registryProblem(error: unknown): string {
  const { status, code, message } = error as Partial<RestError> & { readonly code?: string };
  if (error instanceof FormatError) return `the schema registry cannot be used: ${message}`;
  if (status === undefined) {
    return `the schema registry does not answer (${code ?? message ?? 'for no known reason'})`;
  }
  const hint = status === 401 || status === 403 ? ': it does not take this user or token' : '';
  return `the schema registry answers with status ${status}${hint}`;
}
