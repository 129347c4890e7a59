/** Certificates made for one test by the program openssl: an authority, a server of it, and a client of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Files {
  readonly certificate: string;
  readonly key: string;
}

/** Paths of PEM files. */
export interface Certificates {
  readonly authority: string;
  /** For localhost and 127.0.0.1. */
  readonly server: Files;
  readonly client: Files;
  /** A server of the same authority, for elsewhere.example alone. */
  readonly misnamed: Files;
  /** Of an authority of its own. */
  readonly stranger: Files;
  remove(): void;
}

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

function openssl(given: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', given, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${given.join(' ')}: ${stderr}`);
}

export function makeCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-certificates-'));
  const files = (name: string): Files => ({
    certificate: join(directory, `${name}.pem`),
    key: join(directory, `${name}.key`),
  });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const alone = (name: string): Files => {
    const { certificate, key } = files(name);
    const subject = ['-subj', `/CN=${name}`, '-days', '2'];
    openssl(['req', '-x509', ...newKey, '-keyout', key, '-out', certificate, ...subject]);
    return { certificate, key };
  };
  const authority = alone('authority');
  const signed = (name: string, names = 'DNS:localhost, IP:127.0.0.1'): Files => {
    const { certificate, key } = files(name);
    const request = join(directory, `${name}.csr`);
    const extensions = join(directory, `${name}.ext`);
    writeFileSync(extensions, `subjectAltName = ${names}\n`);
    openssl(['req', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${name}`]);
    const by = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'];
    const as = ['-out', certificate, '-days', '2', '-extfile', extensions];
    openssl(['x509', '-req', '-in', request, ...by, ...as]);
    return { certificate, key };
  };
  return {
    authority: authority.certificate,
    server: signed('server'),
    client: signed('client'),
    misnamed: signed('misnamed', 'DNS:elsewhere.example'),
    stranger: alone('stranger'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Writes certificate and key into one file beside them, as a PEM keystore has them; returns its path. */
export function keystoreOf({ certificate, key }: Files): string {
  const path = `${key}store.pem`;
  writeFileSync(path, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
  return path;
}

export function read({ certificate, key }: Files): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(certificate), key: readFileSync(key) };
}
