/** Sessions of the benchmark's members: short, so that one that is gone is missed soon. */

export const sessionMs = 1_500;
/** As librdkafka names them. */
export const sessions = { 'session.timeout.ms': sessionMs, 'heartbeat.interval.ms': 300 };
