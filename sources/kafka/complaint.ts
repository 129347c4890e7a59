/**
 * What the Kafka client complains about while it connects, as a sentence that says which setting to mend.
 *
 * The client itself only ever answers that no broker did; why stands in its log, in words of librdkafka and of the broker.
 */
import { kafkaVariable } from '../../contracts/settings.ts';
import type { Settings } from './library.ts';

export interface Complaint {
  readonly sentence: string;
  /**
   * - `mistake`: no waiting helps
   * - `certificate`: a mistake; which, the certificate tells
   * - `absence`: waiting may help
   */
  readonly kind: 'mistake' | 'certificate' | 'absence';
  /** `host:port` that it is about; '' when it is about none. */
  readonly address: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly kind: Complaint['kind'];
  /** @param found the match of the pattern */
  readonly words: (address: string, found: RegExpExecArray, settings: Settings) => string;
}

/** `[thrd:…]: ssl://host:port/bootstrap: words (after 4ms in state CONNECT)`. */
const form = /^\[thrd:[^\]]*\]: (?:\w+:\/\/)?([^/\s]+)\/\w+: (.*)$/s;

const user = `${kafkaVariable('sasl.username')} and ${kafkaVariable('sasl.password')}`;
const protocol = kafkaVariable('security.protocol');
const own = `${kafkaVariable('ssl.certificate.location')} and ${kafkaVariable('ssl.key.location')}`;

const rules: readonly Rule[] = [
  {
    pattern: /mechanism handshake failed.*supported mechanisms: ([\w,-]+)/,
    kind: 'mistake',
    words: (address, [, known], settings) =>
      `${kafkaVariable('sasl.mechanism')}: ${address} does not know ${mechanismOf(settings)}, but ${known}`,
  },
  {
    pattern: /SASL authentication (error|failed)/i,
    kind: 'mistake',
    words: (address, _, settings) =>
      `${user}: ${address} does not take this user with this password (${mechanismOf(settings)})`,
  },
  {
    pattern: /certificate verify failed/,
    kind: 'certificate',
    words: (address) =>
      `${kafkaVariable('ssl.ca.location')}: the certificate of ${address} is not trusted`,
  },
  {
    pattern: /alert (bad certificate|certificate \w+|unknown ca|handshake failure)/,
    kind: 'mistake',
    words: (address) => `${own}: ${address} asks for another certificate of the client`,
  },
  {
    pattern: /connecting to a PLAINTEXT broker listener|wrong version number/,
    kind: 'mistake',
    words: (address, _, settings) =>
      `${protocol}: ${address} does not speak TLS, which ${protocolOf(settings)} asks for`,
  },
  {
    // A broker that hears another protocol than it speaks says nothing at all; nor does what stands in front of one that
    // is still starting.
    pattern: /closed by peer.* in state (APIVERSION_QUERY|AUTH_\w+|UP)/,
    kind: 'absence',
    words: (address, _, settings) =>
      `${protocol}: ${address} closes the connection, as where it speaks another protocol than ` +
      `${protocolOf(settings)}: plaintext, ssl, sasl_plaintext and sasl_ssl are the choice`,
  },
  {
    pattern: /Failed to resolve '(.*):\d+'/,
    kind: 'absence',
    words: (_, [, host]) => `no host has the name ${host}`,
  },
  {
    pattern: /Connection refused/,
    kind: 'absence',
    words: (address) => `nobody listens at ${address}`,
  },
];

/** @param line of the client's log; undefined when it is not about a connection */
export function complaintOf(line: string, settings: Settings): Complaint | undefined {
  const [, address, detail] = form.exec(line) ?? [];
  if (address === undefined || detail === undefined) return undefined;
  for (const { pattern, kind, words } of rules) {
    const found = pattern.exec(detail);
    if (found !== null) return { sentence: words(address, found, settings), kind, address };
  }
  const words = detail.replace(/ \(after \d+ms in state [^)]*\)$/, '');
  return { sentence: `${address}: ${words}`, kind: 'absence', address };
}

function mechanismOf(settings: Settings): string {
  return String(settings['sasl.mechanism'] ?? settings['sasl.mechanisms'] ?? 'GSSAPI');
}

function protocolOf(settings: Settings): string {
  return String(settings['security.protocol'] ?? 'plaintext').toLowerCase();
}
