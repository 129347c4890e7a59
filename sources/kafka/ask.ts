/** A call of the Kafka client as a promise. */
import type { Callback } from './library.ts';

export function ask<Result>(call: (done: Callback<Result>) => unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error == null) resolve(result);
      else reject(error);
    });
  });
}
