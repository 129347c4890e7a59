/** What answers as an engine would that is in a certain state, for the commands that talk to one. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  /** Sent as JSON, a text as it is. */
  readonly body: unknown;
}

/** What it was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface StubEngine {
  readonly url: string;
  readonly port: number;
  /** The oldest first. */
  readonly asked: readonly Asked[];
  close(): void;
}

/** @param answers by path; of several one after another, the last for good; every other path is 404 */
export async function startStubEngine(
  answers: Readonly<Record<string, Answer | readonly Answer[]>>,
): Promise<StubEngine> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const before = asked.filter((each) => each.path === path).length;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    asked.push({ method, path, headers, body: Buffer.concat(parts) });
    const all = [answers[path] ?? { status: 404, body: {} }].flat();
    const { status = 200, body } = all[Math.min(before, all.length - 1)]!;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, asked, close: () => server.close() };
}
