/** The PEM files that settings name, read and looked at: one that will not do is said before a connection is tried. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EngineError } from '../contracts/errors.ts';
import { type Settings, settingVariables } from '../contracts/settings.ts';
import type { Certificates } from '../sinks/clickhouse/connection.ts';

type Name = 'clickhouseCa' | 'clickhouseCert' | 'clickhouseKey' | 'schemaRegistryCa';

/** Throws when the text is not what the setting takes. */
const parsers: Record<Name, (pem: string) => unknown> = {
  clickhouseCa: (pem) => new X509Certificate(pem),
  clickhouseCert: (pem) => new X509Certificate(pem),
  clickhouseKey: (pem) => createPrivateKey(pem),
  schemaRegistryCa: (pem) => new X509Certificate(pem),
};

function refuse(name: Name, words: string, cause?: unknown): never {
  const detail = `${name} (${settingVariables[name]}): ${words}`;
  throw new EngineError('CONFIGURATION_INVALID', detail, { cause });
}

/**
 * @returns the file's text; undefined when none is named
 * @throws EngineError CONFIGURATION_INVALID naming the setting and its file
 */
export function readPem(settings: Settings, name: Name): string | undefined {
  const path = settings[name];
  if (path === undefined) return undefined;
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    return refuse(name, `${path} cannot be read`, error);
  }
  try {
    parsers[name](pem);
  } catch (error) {
    const kind = name === 'clickhouseKey' ? 'key without a passphrase' : 'certificate';
    return refuse(name, `${path} holds no ${kind} in PEM`, error);
  }
  return pem;
}

/**
 * @returns undefined when no file is named
 * @throws EngineError CONFIGURATION_INVALID naming the setting and its file
 */
export function certificatesOf(settings: Settings): Certificates | undefined {
  const ca = readPem(settings, 'clickhouseCa');
  const certificate = readPem(settings, 'clickhouseCert');
  const key = readPem(settings, 'clickhouseKey');
  const trust = ca === undefined ? {} : { ca };
  if (certificate === undefined || key === undefined) return ca === undefined ? undefined : trust;
  if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) {
    refuse('clickhouseKey', `${settings.clickhouseKey} is not the key of the certificate`);
  }
  return { ...trust, own: { certificate, key } };
}
