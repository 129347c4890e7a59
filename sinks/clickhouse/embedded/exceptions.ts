/**
 * ClickHouse's exceptions as its HTTP interface tells them: code, name, text and status.
 *
 * Source: ClickHouse, src/Server/HTTP/exceptionCodeToHTTPStatus.cpp and src/Common/ErrorCodes.cpp (the codes).
 */

/** The codes that this server raises by itself. */
export const codes = {
  SYNTAX_ERROR: 62,
  NOT_IMPLEMENTED: 48,
  CANNOT_READ_ALL_DATA: 33,
  BAD_ARGUMENTS: 36,
  UNKNOWN_COMPRESSION_METHOD: 89,
  QUERY_IS_TOO_LARGE: 161,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  ABORTED: 236,
  NOT_ENOUGH_SPACE: 243,
  INCORRECT_DATA: 117,
  QUERY_WAS_CANCELLED: 394,
  AUTHENTICATION_FAILED: 516,
  STD_EXCEPTION: 1001,
} as const;

export type ExceptionName = keyof typeof codes;

/** An exception whose message is in ClickHouse's form. */
export class ServerException extends Error {
  readonly code: number;

  constructor(name: ExceptionName, detail: string) {
    super(`Code: ${codes[name]}. DB::Exception: ${detail} (${name})`);
    this.name = 'ServerException';
    this.code = codes[name];
  }
}

const statuses = new Map<number, number>([
  [516, 403], // AUTHENTICATION_FAILED
  [192, 403], // UNKNOWN_USER
  [193, 403], // WRONG_PASSWORD
  [497, 403], // ACCESS_DENIED
  [202, 503], // TOO_MANY_SIMULTANEOUS_QUERIES
  [209, 503], // SOCKET_TIMEOUT
  [76, 503], // CANNOT_OPEN_FILE
  [236, 503], // ABORTED
  [48, 501], // NOT_IMPLEMENTED
  [161, 413], // QUERY_IS_TOO_LARGE
  [159, 408], // TIMEOUT_EXCEEDED
]);

/** Unknown table, function, identifier, type, storage, database, setting, aggregate function, format, … */
const absent = new Set([60, 46, 47, 50, 56, 81, 115, 63, 73, 336, 78, 152, 511]);

/** Text that cannot be parsed, wrong types, wrong syntax, missing columns and the like. */
const malformed = new Set([
  6, 26, 27, 38, 41, 53, 62, 64, 69, 70, 72, 43, 42, 36, 44, 51, 52, 33, 117, 130, 131, 8, 10, 16,
  57, 179, 184, 215, 82, 456, 457, 474, 386, 349,
]);

export function statusOf(code: number): number {
  const status = statuses.get(code);
  if (status !== undefined) return status;
  if (absent.has(code)) return 404;
  return malformed.has(code) ? 400 : 500;
}

export interface ServerFault {
  readonly code: number;
  /** `Code: 60. DB::Exception: … (UNKNOWN_TABLE)` */
  readonly text: string;
}

/** Any error as an exception in ClickHouse's form. */
export function faultOf(error: unknown): ServerFault {
  const message = error instanceof Error ? error.message : String(error);
  const code = /Code: (\d+)\. DB::Exception/.exec(message)?.[1];
  if (code !== undefined) return { code: Number(code), text: message.trim() };
  return faultOf(new ServerException('STD_EXCEPTION', message));
}
