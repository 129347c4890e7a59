/** What answers as an engine would that is in a certain state, for the commands that talk to one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  /** Sent as JSON, a text as it is. */
  readonly body: unknown;
}

export interface StubEngine {
  readonly url: string;
  readonly port: number;
  close(): void;
}

/** @param answers by path; every other path is 404 */
export async function startStubEngine(
  answers: Readonly<Record<string, Answer>>,
): Promise<StubEngine> {
  const server = createServer((request, response) => {
    const { status = 200, body } = answers[request.url ?? ''] ?? { status: 404, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, close: () => server.close() };
}
