/**
 * How many requests one key, session or address may make: a bucket that fills again at a constant rate and holds two seconds of it.
 * In this process; another one counts for itself.
 */

interface Bucket {
  /** Requests that may be made at once. */
  level: number;
  /** ms. */
  at: number;
}

const burstSeconds = 2;
/** Addresses that are remembered; the oldest are forgotten. */
const addressesMax = 20_000;

export class RequestRates {
  readonly #byCredential = new WeakMap<object, Bucket>();
  readonly #byAddress = new Map<string, Bucket>();

  /** @param perSecond > 0. @param now ms of a clock that never goes back. @returns s to wait; 0: it may be made */
  ofCredential(credential: object, perSecond: number, now: number): number {
    let bucket = this.#byCredential.get(credential);
    if (bucket === undefined) {
      bucket = full(perSecond, now);
      this.#byCredential.set(credential, bucket);
    }
    return take(bucket, perSecond, now);
  }

  ofAddress(address: string, perSecond: number, now: number): number {
    let bucket = this.#byAddress.get(address);
    if (bucket === undefined) {
      if (this.#byAddress.size >= addressesMax) {
        this.#byAddress.delete(this.#byAddress.keys().next().value as string);
      }
      bucket = full(perSecond, now);
      this.#byAddress.set(address, bucket);
    }
    return take(bucket, perSecond, now);
  }
}

const full = (perSecond: number, at: number): Bucket => ({ level: perSecond * burstSeconds, at });

function take(bucket: Bucket, perSecond: number, now: number): number {
  const filled = bucket.level + ((now - bucket.at) / 1_000) * perSecond;
  bucket.at = now;
  bucket.level = Math.min(perSecond * burstSeconds, filled);
  if (bucket.level < 1) return Math.max(1, Math.ceil((1 - bucket.level) / perSecond));
  bucket.level -= 1;
  return 0;
}
