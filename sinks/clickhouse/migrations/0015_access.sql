-- Accounts of people as they were: a row a revision, never changed. In the order of write ids a row counts when it follows what
-- counted before (`control/access/accountLog.ts`); `account` is JSON, the password in it hashed by argon2id.
CREATE TABLE IF NOT EXISTS accounts
(
    id       String,
    revision UInt32,
    write_id String,
    at       DateTime64(3, 'UTC'),
    actor    String,
    by       String,
    reason   String,
    account  String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY (id, revision, write_id);

-- Keys of programs: revision 1 makes one, any other revokes it, for good. `hash` is the SHA-256 of the whole key, hexadecimal.
CREATE TABLE IF NOT EXISTS api_keys
(
    id       String,
    revision UInt32,
    write_id String,
    at       DateTime64(3, 'UTC'),
    actor    String,
    reason   String,
    hash     String,
    key      String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY (id, revision, write_id);

-- When a key was used last, to the minute.
CREATE TABLE IF NOT EXISTS api_key_uses
(
    id      String,
    used_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(used_at)
ORDER BY id;

-- Sessions of people: `id` is the SHA-256 of what the cookie holds, hexadecimal; `generation` that of the account when it began.
-- A later revision replaces an earlier one, an end every other.
CREATE TABLE IF NOT EXISTS sessions
(
    id         String,
    revision   UInt64,
    account    String,
    generation UInt32,
    made_at    DateTime64(3, 'UTC'),
    expires_at DateTime64(3, 'UTC'),
    seen_at    DateTime64(3, 'UTC'),
    ended_at   Nullable(DateTime64(3, 'UTC')),
    changed_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY id
TTL toDateTime(expires_at) + INTERVAL 90 DAY;
