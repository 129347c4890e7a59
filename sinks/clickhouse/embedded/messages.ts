/** What the processes and threads of the embedded ClickHouse say to each other. */

/** Parent to child, over the channel that ends with the parent. */
export type ToChild =
  | { readonly kind: 'start'; readonly settings: ChildSettings }
  | { readonly kind: 'close' };

/** Child to parent. */
export type FromChild =
  | { readonly kind: 'listening'; readonly port: number }
  /** Another process holds the data directory; `holder` is its process id, 0 when unknown. */
  | { readonly kind: 'locked'; readonly holder: number }
  | { readonly kind: 'failed'; readonly detail: string };

export interface ChildSettings {
  /** Absolute path of ClickHouse's data. */
  readonly directory: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** All of ClickHouse together may use this much memory, bytes. */
  readonly memoryMax: number;
  /** How long to wait for another process to let the directory go, ms. */
  readonly lockWaitMs: number;
}

/** One statement, run in a fresh session, so that nothing of it reaches the next. */
export interface Job {
  /** Database of unqualified tables; '' leaves `default`. */
  readonly database: string;
  /** `name='value', …` for one SET statement: settings and query parameters, at least one. */
  readonly assignments: string;
  readonly sql: string;
  readonly format: string;
  /** Whether the result may go out in chunks that follow each other without more ado. */
  readonly streamed: boolean;
}

export interface Counts {
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly elapsedMs: number;
}

export type ToWorker =
  | { readonly kind: 'run'; readonly job: Job }
  /** One chunk was taken: another may come. */
  | { readonly kind: 'more' }
  | { readonly kind: 'cancel' };

export type FromWorker =
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly counts: Counts }
  | { readonly kind: 'error'; readonly message: string };
