/** Tells alerts by POST of JSON, signed when the route names a secret. */
import type { NoticeSender } from './notice.ts';
import { expectAddress, postJson } from './postJson.ts';
import { type Environment, secretOf } from './secretOf.ts';
import { sign } from './signature.ts';
import { webhookBody } from './webhookBody.ts';

export interface WebhookSenderOptions {
  readonly environment: Environment;
  /** How long an answer may take. */
  readonly timeoutMs?: number;
}

export function createWebhookSender({
  environment,
  timeoutMs = 10_000,
}: WebhookSenderOptions): NoticeSender<'webhook'> {
  return {
    async send({ key, to: { url, secretVariable } }, notice, signal) {
      expectAddress(url, `the route ${key}`, 'permanent');
      const body = JSON.stringify(webhookBody(notice));
      const headers: Record<string, string> = { 'millrace-delivery': notice.id };
      if (secretVariable !== undefined) {
        const secret = secretOf(environment, secretVariable, 'the secret of the webhook');
        headers['millrace-signature'] = sign(body, secret, Math.floor(Date.now() / 1_000));
      }
      await postJson({
        who: `The webhook of the route ${key}`,
        url,
        body,
        headers,
        timeoutMs,
        signal,
      });
    },
  };
}
