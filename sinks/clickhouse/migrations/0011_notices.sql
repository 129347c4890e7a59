-- What is to be told about an alert on a route, and what became of it: written before the first try and behind each.
-- delivery: id of the message by which it was told; of a notice told by itself, its own. version = 1, 2, 3 …
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
ORDER BY (alert, route, what);
