/** Accounts, keys and sessions over HTTP: what `/v1/session`, `/v1/accounts` and `/v1/keys` take and answer. */
import { z } from 'zod';
import { Permission, principalKinds, RoleName, Scope } from './access.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();

export const passwordLengthMin = 12;
export const passwordLengthMax = 256;
const Password = z.string().min(passwordLengthMin).max(passwordLengthMax);
/** What somebody signs in with: letters, digits, `.`, `_`, `-`, `@`, and told apart without regard to case. */
export const Login = z.string().regex(/^[\p{L}\p{N}._@-]{1,100}$/u);
const Name = z.string().trim().min(1).max(100);
const Reason = z.string().max(4_096).default('');

/** `GET /v1/session`: who asks, and whether they have to sign in. It answers everybody. */
export const SessionAnswer = z.object({
  /** `open`: nobody has an account yet; `required`: sign in, or bring a key. */
  access: z.enum(['open', 'required']),
  /** Whether anybody has an account; while not, the first administrator can be made. */
  hasAccounts: z.boolean(),
  /** null: not signed in. */
  principal: z
    .object({
      kind: z.enum(principalKinds),
      id: z.string(),
      name: z.string(),
      role: RoleName.nullable(),
      permissions: z.array(Permission),
      scope: Scope,
    })
    .nullable(),
  /** To be sent as the header `millrace-csrf` with whatever changes something; null without a session. */
  csrf: z.string().nullable(),
  /** When the session ends, whatever is done; null without one. */
  expiresAt: Instant.nullable(),
  /** The password was set by somebody else: nothing else can be done before it is changed. */
  mustChangePassword: z.boolean(),
  /** By the clock of the engine. */
  now: Instant,
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;

/** `POST /v1/session`: sign in; the session is a cookie. */
export const SignIn = z.strictObject({
  login: z.string().min(1).max(256),
  password: z.string().min(1).max(1_024),
});

/** `POST /v1/session/password`: of one's own. */
export const PasswordChange = z.strictObject({
  current: z.string().min(1).max(1_024),
  next: Password,
});

/** `POST /v1/accounts/first`: makes the first administrator, with the code that the engine printed, or from its own machine. */
export const FirstAccount = z.strictObject({
  login: Login,
  name: Name,
  password: Password,
  code: z.string().max(256).default(''),
});

export const Account = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: RoleName,
  scope: Scope,
  isActive: z.boolean(),
  madeAt: Instant,
  lastSignInAt: Instant.nullable(),
  /** Sessions that are open. */
  sessions: z.number().int(),
  revision: z.number().int(),
});
export type Account = z.infer<typeof Account>;
export const AccountsAnswer = z.object({ accounts: z.array(Account) });

/** `POST /v1/accounts`: the password is made by the engine and shown once. */
export const NewAccount = z.strictObject({
  login: Login,
  name: Name,
  role: RoleName,
  scope: Scope.default('everywhere'),
  reason: Reason,
});
export const AccountMade = z.object({ account: Account, password: z.string() });

/** `PUT /v1/accounts/:id`: the last administrator stays one. What is taken away ends at once, also in sessions. */
export const AccountChange = z.strictObject({
  name: Name,
  role: RoleName,
  scope: Scope,
  isActive: z.boolean(),
  revision: z.number().int().min(1),
  reason: Reason,
});

/** `POST /v1/accounts/:id/password`: a new one, made by the engine and shown once; its sessions end. */
export const PasswordReset = z.object({ password: z.string() });

/** The first letters of a session's hash: they tell it, and open nothing. */
export const SessionId = z.string().regex(/^[0-9a-f]{16}$/);

/** `GET /v1/sessions`, `GET /v1/accounts/:id/sessions`: those that are open; the one that was used last first. */
export const SessionsAnswer = z.object({
  sessions: z.array(
    z.object({
      id: SessionId,
      madeAt: Instant,
      usedAt: Instant,
      expiresAt: Instant,
      /** From where somebody signed in: of IPv6 the first half; '' where it is not known. */
      address: z.string(),
      /** Such as `Firefox`; '' for one that is not known. */
      browser: z.string(),
      /** Such as `Windows`; '' for one that is not known. */
      system: z.string(),
      /** The one that asks. */
      isThis: z.boolean(),
    }),
  ),
});
export type SessionsAnswer = z.infer<typeof SessionsAnswer>;

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The beginning of the key, by which its owner knows it; the engine keeps a hash of the rest. */
  prefix: z.string(),
  permissions: z.array(Permission),
  scope: Scope,
  madeAt: Instant,
  madeBy: z.string(),
  /** null: it does not expire. */
  expiresAt: Instant.nullable(),
  /** To the minute; null: never. */
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeysAnswer = z.object({ keys: z.array(ApiKey) });

/** `POST /v1/keys`: nobody gives what they do not have. */
export const NewApiKey = z.strictObject({
  name: Name,
  permissions: z.array(Permission).min(1),
  scope: Scope.default('everywhere'),
  /** ms since 1970; null: never. */
  expiresAt: Instant.nullable(),
  reason: Reason,
});
/** `key` is shown once: `mr_…`, sent as `Authorization: Bearer mr_…`. */
export const ApiKeyMade = z.object({ made: ApiKey, key: z.string() });

/** `DELETE /v1/keys/:id`. */
export const Revocation = z.strictObject({ reason: Reason });
