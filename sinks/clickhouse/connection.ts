/** How ClickHouse is reached: address, who asks, and by which certificates the two trust each other. */
import { rootCertificates } from 'node:tls';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { parseExactly } from './parseExactly.ts';

/** Texts, so that they reach worker threads and processes as they are. */
export interface Certificates {
  /** PEM of the authorities that the server's certificate may come from; by default those that Node.js knows. */
  readonly ca?: string;
  /** PEM of a certificate and its key, by which the server knows the user: in the place of the password. */
  readonly own?: { readonly certificate: string; readonly key: string };
}

export interface ConnectionOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly certificates?: Certificates;
  /** Longest time that one statement may take, ms. */
  readonly requestMaxMs?: number;
}

function tlsOf({ ca, own }: Certificates) {
  const ca_cert = Buffer.from(ca ?? rootCertificates.join('\n'));
  if (own === undefined) return { ca_cert };
  return { ca_cert, cert: Buffer.from(own.certificate), key: Buffer.from(own.key) };
}

/** @param database by default the user's own */
export function connect(options: ConnectionOptions, database?: string): ClickHouseClient {
  const { url, username, password, certificates } = options;
  return createClient({
    url,
    username,
    password,
    ...(database === undefined ? {} : { database }),
    ...(certificates === undefined ? {} : { tls: tlsOf(certificates) }),
    request_timeout: options.requestMaxMs ?? 120_000,
    max_open_connections: 16,
    application: 'millrace',
    log: { level: ClickHouseLogLevel.OFF }, // what fails is thrown
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 0,
      output_format_json_quote_decimals: 0,
      date_time_output_format: 'iso',
    },
    json: { parse: parseExactly, stringify: JSON.stringify },
  });
}
