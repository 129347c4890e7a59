/** The first word with a ClickHouse server: what is wrong with its settings is said at the start, in one sentence. */
import { EngineError, type ErrorCode } from '../contracts/errors.ts';
import { type Settings, settingVariables } from '../contracts/settings.ts';
import { createStore, type StoreOptions } from '../sinks/clickhouse/store.ts';

interface Problem {
  readonly setting: keyof Settings;
  readonly code: ErrorCode;
  readonly words: string;
}

/** Codes of OpenSSL and Node.js for a server's certificate that does not do. */
const untrusted = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/;

/** @param cause what the client threw: an error of the network, of TLS or of ClickHouse */
function problemOf(
  cause: Error,
  { url, username, certificates }: StoreOptions,
): Problem | undefined {
  const { code = '', type = '' } = cause as { readonly code?: string; readonly type?: string };
  const { host, hostname } = new URL(url);
  const wrong = (setting: keyof Settings, words: string): Problem => ({
    setting,
    code: 'CONFIGURATION_INVALID',
    words,
  });
  if (/^(AUTHENTICATION_FAILED|REQUIRED_PASSWORD|UNKNOWN_USER|WRONG_PASSWORD)$/.test(type)) {
    const [setting, by] =
      certificates?.own === undefined
        ? (['clickhousePassword', 'password'] as const)
        : (['clickhouseCert', 'certificate'] as const);
    return wrong(setting, `${host} does not take the user ${username} with this ${by}`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return wrong('clickhouseUrl', `no host has the name ${hostname}`);
  }
  if (untrusted.test(code)) {
    const words = `the certificate of ${host} is not trusted (${cause.message})`;
    return wrong('clickhouseCa', words);
  }
  if (/CERTIFICATE_REQUIRED|ALERT_UNKNOWN_CA|ALERT_BAD_CERTIFICATE/.test(code)) {
    return wrong('clickhouseCert', `${host} asks for another certificate of the client`);
  }
  if (code === 'ECONNRESET' && url.startsWith('https:')) {
    const words = `${host} breaks off: it may ask for another certificate of the client`;
    return { setting: 'clickhouseCert', code: 'SINK_UNAVAILABLE', words };
  }
  if (code === 'EPROTO') return wrong('clickhouseUrl', `${host} does not answer by https`);
  if (type !== '') return undefined; // it has answered, and says itself what it lacks
  const words = `${host} does not answer (${cause.message.trim()})`;
  return { setting: 'clickhouseUrl', code: 'SINK_UNAVAILABLE', words };
}

function engineError({ setting, code, words }: Problem, cause?: unknown): EngineError {
  return new EngineError(code, `${setting} (${settingVariables[setting]}): ${words}`, { cause });
}

/**
 * Returns when the server has answered this user, and has the cluster if one is named.
 *
 * @throws EngineError CONFIGURATION_INVALID naming the setting to be mended, or SINK_UNAVAILABLE
 */
export async function greetServer(access: StoreOptions): Promise<void> {
  const name = access.place?.cluster?.name;
  // The engine's database may not be there yet.
  const store = createStore({ ...access, database: 'system' });
  try {
    await store.query('SELECT 1');
    if (name === undefined) return;
    const [found] = await store.query<{ shards: number }>(
      'SELECT uniqExact(shard_num) AS shards FROM system.clusters WHERE cluster = {name:String}',
      { name },
    );
    const shards = found?.shards ?? 0;
    if (shards === 1) return;
    const words = shards === 0 ? 'the server has no' : `there are ${shards} shards in the`;
    throw engineError({
      setting: 'clickhouseCluster',
      code: 'CONFIGURATION_INVALID',
      words: `${words} cluster ${name}; expected one of one shard`,
    });
  } catch (error) {
    const cause = (error as Error).cause;
    const problem = cause instanceof Error ? problemOf(cause, access) : undefined;
    throw problem === undefined ? error : engineError(problem, cause);
  } finally {
    await store.close();
  }
}
