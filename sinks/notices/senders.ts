/** All ways of telling, by the kind of route. */
import type { AlertRoute } from '../../contracts/watch.ts';
import { createChatSender } from './chatSender.ts';
import { createEmailSender } from './emailSender.ts';
import type { Notice, NoticeSender, RouteKind, RouteOf } from './notice.ts';
import type { Environment } from './secretOf.ts';
import { createWebhookSender } from './webhookSender.ts';

export type NoticeSenders = { readonly [Kind in RouteKind]: NoticeSender<Kind> };

export interface NoticeSendersOptions {
  /** Where the secrets are that routes name. */
  readonly environment: Environment;
  readonly smtpUrl: string | undefined;
  readonly smtpFrom: string | undefined;
  /** Told what does not keep a notice from being told, a sentence each. */
  readonly say: (sentence: string) => void;
  /** How long the other side may take. */
  readonly timeoutMs?: number;
}

export function createNoticeSenders(options: NoticeSendersOptions): NoticeSenders {
  return {
    webhook: createWebhookSender(options),
    email: createEmailSender(options),
    chat: createChatSender(options),
  };
}

/** As {@link NoticeSender.send}, by whichever way the route asks for. */
export function sendNotice(
  senders: NoticeSenders,
  route: AlertRoute,
  notice: Notice,
  signal: AbortSignal,
): Promise<void> {
  switch (route.to.kind) {
    case 'webhook':
      return senders.webhook.send(route as RouteOf<'webhook'>, notice, signal);
    case 'email':
      return senders.email.send(route as RouteOf<'email'>, notice, signal);
    case 'chat':
      return senders.chat.send(route as RouteOf<'chat'>, notice, signal);
  }
}
