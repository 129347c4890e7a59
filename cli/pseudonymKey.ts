/** The key of the pseudonyms: given by a setting, in a file that one names, or made in the data directory at the first start. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineError } from '../contracts/errors.ts';
import { type Settings, settingVariables } from '../contracts/settings.ts';
import { pseudonymKeyLength } from '../sources/pseudonyms/createPseudonyms.ts';

type KeySettings = Pick<Settings, 'data' | 'pseudonymKey' | 'pseudonymKeyFile' | 'kafkaBrokers'>;

/** In the data directory. */
export function ownKeyFile(data: string): string {
  return join(data, 'pseudonym.key');
}

const inWords = `${2 * pseudonymKeyLength} hexadecimal digits, as \`openssl rand -hex ${pseudonymKeyLength}\` makes them`;

/**
 * @param mayMake the data have no key yet
 * @throws EngineError CONFIGURATION_INVALID when there is none, when it is none, or when others may read its file
 */
export function readPseudonymKey(settings: KeySettings, mayMake: boolean): Uint8Array {
  const { data, pseudonymKey, pseudonymKeyFile, kafkaBrokers } = settings;
  if (pseudonymKey !== undefined) return parsed(pseudonymKey)!;
  if (pseudonymKeyFile !== undefined) return readKeyFile(pseudonymKeyFile, false);
  if (kafkaBrokers !== undefined) {
    refuse(
      `on Kafka all processes know users by the same key: make one of ${inWords}, and give it to each, here or in ` +
        `${settingVariables.pseudonymKeyFile}; or set ${settingVariables.pseudonyms}=off, before the first event`,
    );
  }
  const path = ownKeyFile(data);
  try {
    return readKeyFile(path, true);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (mayMake) return makeKeyFile(path);
    return refuse(
      `the key of these data is not in ${path}: put it back from a backup, or give it here. Without it no user is found again`,
    );
  }
}

/** @returns undefined for a text that is no key */
function parsed(text: string): Uint8Array | undefined {
  const digits = text.trim();
  const isKey = digits.length === 2 * pseudonymKeyLength && /^[0-9a-f]+$/i.test(digits);
  return isKey ? new Uint8Array(Buffer.from(digits, 'hex')) : undefined;
}

/** @param isOwn of the data directory: when it is not there, it throws what the file system says */
function readKeyFile(path: string, isOwn: boolean): Uint8Array {
  let text: string;
  let mode: number;
  try {
    const file = openSync(path, 'r');
    try {
      // Of what was opened, whatever the name leads to by now.
      mode = fstatSync(file).mode & 0o777;
      text = readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && isOwn) throw error;
    return refuse(`${path} cannot be read (${code})`);
  }
  // What an orchestrator puts there may belong to a group of the process.
  if ((mode & (isOwn ? 0o077 : 0o037)) !== 0) {
    refuse(
      `${path} may be read by others (mode ${mode.toString(8).padStart(4, '0')}): chmod 600 it, and take a new key for new data if ` +
        'somebody may have seen it',
    );
  }
  return parsed(text) ?? refuse(`${path}: expected ${inWords}`);
}

/** Whole on the disk when it returns: what is stored under it is of no use without. */
function makeKeyFile(path: string): Uint8Array {
  const key = randomBytes(pseudonymKeyLength);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${key.toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  const directory = openSync(dirname(path), 'r');
  fsyncSync(directory);
  closeSync(directory);
  return new Uint8Array(key);
}

function refuse(words: string): never {
  const detail = `pseudonymKey (${settingVariables.pseudonymKey}): ${words}`;
  throw new EngineError('CONFIGURATION_INVALID', detail);
}
