/** Why the certificate of a broker is not trusted: the Kafka client has one word for all reasons. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { kafkaVariable } from '../../contracts/settings.ts';
import type { Settings } from './library.ts';

const answerMaxMs = 5_000;

/**
 * @param address `host:port`
 * @returns a sentence with the setting to mend; undefined when nothing is wrong here, or nobody says
 */
export async function judgeCertificate(
  address: string,
  settings: Settings,
): Promise<string | undefined> {
  const error = await authorizationError(address, settings);
  if (error === undefined) return undefined;
  if (error.code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return (
      `kafkaBrokers (${kafkaVariable('brokers')}): the certificate of ${address} is for another name ` +
      `(${error.message}): name the broker as its certificate does, also in its advertised.listeners`
    );
  }
  return (
    `${kafkaVariable('ssl.ca.location')}: the certificate of ${address} is not trusted ` +
    `(${error.message}): name the PEM file of the authority that vouches for it`
  );
}

function authorizationError(
  address: string,
  settings: Settings,
): Promise<{ code?: string; message: string } | undefined> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const options = {
      host,
      port: Number(address.slice(colon + 1)),
      // The name of a host only: an address is no name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...authorities(settings),
      rejectUnauthorized: false,
      timeout: answerMaxMs,
    };
    const end = (socket: TLSSocket, error?: { code?: string; message: string }) => {
      socket.destroy();
      resolve(error);
    };
    const socket = connect(options, () => {
      const error = socket.authorizationError as Error | string | null | undefined;
      if (error === null || error === undefined) end(socket);
      else end(socket, typeof error === 'string' ? { code: error, message: error } : error);
    });
    socket.once('error', () => end(socket));
    socket.once('timeout', () => end(socket));
  });
}

function authorities(settings: Settings): { ca?: Buffer } {
  const file = settings['ssl.ca.location'];
  try {
    return typeof file === 'string' ? { ca: readFileSync(file) } : {};
  } catch {
    return {}; // a folder: the client knows it, this does not
  }
}
