CREATE DATABASE IF NOT EXISTS `millrace`;

CREATE TABLE IF NOT EXISTS schema_migrations
(version UInt32, name String, sha256 String, applied_at DateTime64(3, 'UTC'))
ENGINE = ReplacingMergeTree
ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS events
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64 CODEC(Delta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    time        DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    type        LowCardinality(String),
    user        String,
    item        String,
    value       Nullable(Float64),
    id          String,
    raw         String,
    INDEX by_time time TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS predictions
(
    pipeline      LowCardinality(String),
    model         LowCardinality(String),
    model_version LowCardinality(String),
    partition     UInt16,
    offset        UInt64 CODEC(Delta, ZSTD(1)),
    time          DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    probability   Float64,
    label         UInt8
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, model, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS late_events
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    received_at DateTime64(3, 'UTC'),
    time        DateTime64(3, 'UTC'),
    watermark   DateTime64(3, 'UTC'),
    type        LowCardinality(String),
    user        String,
    raw         String
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS dead_letters
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    received_at DateTime64(3, 'UTC'),
    code        LowCardinality(String),
    reason      String,
    bytes       String
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS metrics
(
    pipeline     LowCardinality(String),
    metric       LowCardinality(String),
    segment      String,
    window_start DateTime64(3, 'UTC'),
    window_ms    UInt64,
    partition    UInt16,
    version      UInt64,
    count        UInt64,
    sum          Float64,
    squares      Float64,
    minimum      Float64,
    maximum      Float64,
    bins         Array(Int32),
    counts       Array(UInt32)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, metric, window_ms, window_start, segment, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS model_quality
(
    pipeline          LowCardinality(String),
    model             LowCardinality(String),
    model_version     LowCardinality(String),
    window_start      DateTime64(3, 'UTC'),
    window_ms         UInt64,
    partition         UInt16,
    version           UInt64,
    count             UInt64,
    positives         UInt64,
    hits              UInt64,
    log_loss          Float64,
    brier             Float64,
    positives_by_bin  Array(UInt32),
    negatives_by_bin  Array(UInt32),
    predicted_by_bin  Array(Float64)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, model, model_version, window_ms, window_start, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS state
(
    pipeline  LowCardinality(String),
    partition UInt16,
    table     LowCardinality(String),
    key       String,
    version   UInt64,
    deleted   UInt8,
    value     String CODEC(LZ4)
)
ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY (pipeline, partition, table, key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS epochs
(
    pipeline     LowCardinality(String),
    partition    UInt16,
    start_offset UInt64,
    end_offset   UInt64,
    committed_at DateTime64(3, 'UTC'),
    events       UInt64,
    refused      UInt64,
    late         UInt64,
    duplicates   UInt64,
    process_ms   Float64,
    commit_ms    Float64,
    lag_events   UInt64,
    state_keys   Map(LowCardinality(String), UInt64)
)
ENGINE = MergeTree
ORDER BY (pipeline, partition, committed_at)
TTL toDateTime(committed_at) + INTERVAL 30 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE state MODIFY SETTING
    allow_experimental_replacing_merge_with_cleanup = 1,
    enable_replacing_merge_with_cleanup_for_min_age_to_force_merge = 1,
    min_age_to_force_merge_on_partition_only = 1,
    min_age_to_force_merge_seconds = 3600;

ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS key String;

ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS headers Array(Tuple(name String, value String));

CREATE TABLE IF NOT EXISTS dead_letter_replays
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    replayed_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(replayed_at)
ORDER BY (pipeline, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_definitions
(
    kind       LowCardinality(String),
    key        String,
    revision   UInt32,
    write_id   String,
    at         DateTime64(3, 'UTC'),
    actor      String,
    reason     String,
    definition String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (kind, key, revision, write_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_exposures
(
    pipeline   LowCardinality(String),
    experiment String,
    variant    UInt8,
    stage      UInt16,
    hour       DateTime64(3, 'UTC'),
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    crossed    UInt64,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, variant, stage, hour, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_outcomes
(
    pipeline   LowCardinality(String),
    experiment String,
    metric     String,
    variant    UInt8,
    stage      UInt16,
    period     UInt16,
    segment    String,
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    bins       Array(UInt16),
    counts     Array(UInt32),
    n          Int128,
    d          Int128,
    nn         Int128,
    dd         Int128,
    nd         Int128,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, metric, variant, stage, period, segment, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_clusters
(
    pipeline   LowCardinality(String),
    experiment String,
    metric     String,
    variant    UInt8,
    stage      UInt16,
    cluster    String,
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    bins       Array(UInt16),
    counts     Array(UInt32),
    n          Int128,
    d          Int128,
    nn         Int128,
    dd         Int128,
    nd         Int128,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, metric, variant, stage, cluster, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_results
(
    experiment String,
    minute     DateTime64(3, 'UTC'),
    word       LowCardinality(String),
    at         DateTime64(3, 'UTC'),
    revision   UInt32,
    result     String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (experiment, minute, word)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_course
(
    experiment String,
    metric     String,
    variant    String,
    minute     DateTime64(3, 'UTC'),
    at         DateTime64(3, 'UTC'),
    units      UInt64,
    estimate   Nullable(Float64),
    low        Nullable(Float64),
    high       Nullable(Float64),
    ln_e       Float64
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (experiment, metric, variant, minute)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_certificates
(
    experiment  String,
    number      UInt32,
    hash        String,
    previous    String,
    at          DateTime64(3, 'UTC'),
    certificate String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
ORDER BY (experiment, number, hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS experiment_covariates
(
    pipeline   LowCardinality(String),
    experiment String,
    metric     String,
    variant    UInt8,
    stage      UInt16,
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    sums       Array(Int128),
    products   Array(Int128),
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, metric, variant, stage, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS statistics
(
    pipeline      LowCardinality(String),
    name          LowCardinality(String),
    statistic     LowCardinality(String),
    state_version UInt16,
    parameters    LowCardinality(String),
    window_ms     UInt64,
    window_start  DateTime64(3, 'UTC'),
    key           Array(String),
    partition     UInt16,
    version       UInt64,
    received_at   DateTime64(3, 'UTC'),
    taken         UInt64,
    refused       UInt64,
    state         String CODEC(ZSTD(1)),
    figures       Map(LowCardinality(String), Float64)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, name, statistic, state_version, parameters, window_ms, window_start, key, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS policy_decisions
(
    pipeline    LowCardinality(String),
    policy      LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    version     UInt64,
    time        DateTime64(3, 'UTC'),
    user        String,
    decision    String,
    revision    UInt32,
    stage       UInt16,
    action      LowCardinality(String),
    position    UInt16,
    way         LowCardinality(String),
    probability Float64,
    segments    Array(String),
    reward      Nullable(Float64),
    rewarded_at Nullable(DateTime64(3, 'UTC')),
    closed      UInt8,
    INDEX by_time time TYPE minmax GRANULARITY 1,
    INDEX by_user user TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, policy, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS policy_sums
(
    pipeline  LowCardinality(String),
    policy    String,
    action    String,
    design    String,
    partition UInt16,
    version   UInt64,
    sums      Array(Float64) CODEC(ZSTD(1)),
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, policy, action, design, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS policy_strays
(
    pipeline  LowCardinality(String),
    policy    String,
    kind      LowCardinality(String),
    hour      DateTime64(3, 'UTC'),
    partition UInt16,
    version   UInt64,
    events    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, policy, kind, hour, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS user_preferences
(
    pipeline    LowCardinality(String),
    user        String,
    preference  LowCardinality(String),
    partition   UInt16,
    since       UInt64,
    version     UInt64,
    erased      UInt8,
    time        DateTime64(3, 'UTC'),
    events      UInt32,
    names       Array(LowCardinality(String)),
    weights     Array(Float64) CODEC(ZSTD(1)),
    sums        Array(Float64) CODEC(ZSTD(1)),
    times       Array(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    seen        Array(Float64) CODEC(ZSTD(1)),
    rest_weight Float64,
    rest_sum    Float64,
    INDEX by_version (partition, version) TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, user, preference, partition, since)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS preference_sums
(
    pipeline     LowCardinality(String),
    preference   LowCardinality(String),
    kind         LowCardinality(String),
    name         String,
    partition    UInt16,
    version      UInt64,
    half_life_ms UInt64,
    seen_half_life_ms UInt64,
    sums         Array(Float64) CODEC(ZSTD(1)),
    INDEX by_version (partition, version) TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, preference, kind, name, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS alert_notices
(
    alert    String,
    route    LowCardinality(String),
    what     LowCardinality(String),
    version  UInt32,
    made_at  DateTime64(3, 'UTC'),
    at       DateTime64(3, 'UTC'),
    attempts UInt32,
    next_at  DateTime64(3, 'UTC'),
    outcome  LowCardinality(String),
    problem  String,
    delivery String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (alert, route, what)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS findings
(
    pipeline     LowCardinality(String),
    name         LowCardinality(String),
    key          Array(String),
    window_start DateTime64(3, 'UTC'),
    window_end   DateTime64(3, 'UTC'),
    partition    UInt16,
    version      UInt64,
    score        Float64,
    p_value      Float64,
    figures      Map(LowCardinality(String), Float64),
    expected     Map(LowCardinality(String), Float64),
    shares       Map(LowCardinality(String), Float64)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, name, window_start, key, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS alerts
(
    id          String,
    revision    UInt32,
    actor       String,
    watch       LowCardinality(String),
    lane        LowCardinality(String),
    key         Array(String),
    state       LowCardinality(String),
    since       DateTime64(3, 'UTC'),
    resolved_at Nullable(DateTime64(3, 'UTC')),
    changed_at  DateTime64(3, 'UTC'),
    sentence    String,
    reason      String,
    alert       String CODEC(ZSTD(1)),
    INDEX by_since since TYPE minmax GRANULARITY 1,
    INDEX by_change changed_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(changed_at)
ORDER BY (id, revision, actor)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS watch_readings
(
    watch     LowCardinality(String),
    key       Array(String),
    start     DateTime64(3, 'UTC'),
    end       DateTime64(3, 'UTC'),
    value     Nullable(Float64),
    count     UInt64,
    expected  Nullable(Float64),
    lower     Nullable(Float64),
    upper     Nullable(Float64),
    score     Nullable(Float64),
    p_value   Nullable(Float64),
    verdict   LowCardinality(String),
    judged_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(judged_at)
ORDER BY (watch, end, key, start)
TTL toDateTime(judged_at) + INTERVAL 100 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS examples
(
    pipeline        LowCardinality(String),
    model           LowCardinality(String),
    feature_version LowCardinality(String),
    partition       UInt16,
    offset          UInt64 CODEC(Delta, ZSTD(1)),
    time            DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    user            String CODEC(ZSTD(1)),
    features        Array(Float32) CODEC(ZSTD(1)),
    label           Float64 CODEC(ZSTD(1)),
    weight          Float64 CODEC(ZSTD(1)),
    served          Float64,
    online          Float64,
    served_version  LowCardinality(String),
    slices          Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    INDEX by_time time TYPE minmax GRANULARITY 1,
    INDEX by_user user TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, model, feature_version, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

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
ORDER BY (id, revision, write_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

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
ORDER BY (id, revision, write_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS api_key_uses
(
    id      String,
    used_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(used_at)
ORDER BY id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

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
TTL toDateTime(expires_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS audit
(
    chain          String,
    number         UInt64,
    at             DateTime64(3, 'UTC'),
    kind           LowCardinality(String),
    principal_kind LowCardinality(String),
    principal_id   String,
    principal_name String,
    act            LowCardinality(String),
    subject        String,
    reason         String CODEC(ZSTD(1)),
    status         UInt16,
    request        String,
    before         String,
    hash           String,
    INDEX by_time at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (chain, number, hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS retention_runs
(
    name     LowCardinality(String),
    began_at DateTime64(3, 'UTC'),
    ended_at DateTime64(3, 'UTC'),
    cut      DateTime64(3, 'UTC'),
    removed  UInt64
)
ENGINE = ReplacingMergeTree(ended_at)
ORDER BY (name, began_at)
TTL toDateTime(began_at) + INTERVAL 1100 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS insights
(
    id            String,
    revision      UInt32,
    actor         String,
    subject       String,
    area          LowCardinality(String),
    kind          LowCardinality(String),
    state         LowCardinality(String),
    accepted_kind LowCardinality(String),
    verdict       LowCardinality(String),
    useful        UInt32,
    not_useful    UInt32,
    made_at       DateTime64(3, 'UTC'),
    changed_at    DateTime64(3, 'UTC'),
    sentence      String,
    note          String,
    card          String CODEC(ZSTD(1)),
    INDEX by_change changed_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(changed_at)
ORDER BY (id, revision, actor)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS insight_tests
(
    kind       LowCardinality(String),
    subject    String,
    version    UInt64,
    changed_at DateTime64(3, 'UTC'),
    record     String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, subject)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE metrics ADD COLUMN IF NOT EXISTS people UInt16;

ALTER TABLE metrics ADD COLUMN IF NOT EXISTS users Array(UInt32);

ALTER TABLE metrics ADD COLUMN IF NOT EXISTS watermark DateTime64(3, 'UTC');

ALTER TABLE model_quality ADD COLUMN IF NOT EXISTS people UInt16;

ALTER TABLE model_quality ADD COLUMN IF NOT EXISTS users Array(UInt32);

ALTER TABLE model_quality ADD COLUMN IF NOT EXISTS watermark DateTime64(3, 'UTC');

ALTER TABLE statistics ADD COLUMN IF NOT EXISTS people UInt16;

ALTER TABLE statistics ADD COLUMN IF NOT EXISTS users Array(UInt32);

ALTER TABLE statistics ADD COLUMN IF NOT EXISTS watermark DateTime64(3, 'UTC');

CREATE TABLE IF NOT EXISTS objections
(
    user    String,
    version UInt64,
    kinds   Array(LowCardinality(String)),
    actor   String,
    reason  String,
    record  String,
    stored  DateTime64(3, 'UTC') MATERIALIZED now64(3),
    INDEX by_stored stored TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY user
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE experiment_exposures ADD COLUMN IF NOT EXISTS objected UInt64;

CREATE TABLE IF NOT EXISTS places
(
    revision UInt32,
    write_id String,
    at       DateTime64(3, 'UTC'),
    actor    String,
    reason   String,
    places   String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (revision, write_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS belongings
(
    kind    LowCardinality(String),
    key     String,
    version UInt64,
    level   LowCardinality(String),
    place   String,
    actor   String,
    reason  String,
    stored  DateTime64(3, 'UTC') MATERIALIZED now64(3),
    INDEX by_stored stored TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

ALTER TABLE sessions
    ADD COLUMN IF NOT EXISTS address String,
    ADD COLUMN IF NOT EXISTS browser LowCardinality(String),
    ADD COLUMN IF NOT EXISTS system  LowCardinality(String);

ALTER TABLE policy_decisions
    ADD COLUMN IF NOT EXISTS choices UInt16,
    ADD COLUMN IF NOT EXISTS likeliest UInt16;
