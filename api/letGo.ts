/**
 * Lets a server close although a client keeps a connection open on which it asks nothing.
 *
 * Browsers open such connections in advance. To Node they are not idle, because no request on them has ended yet, and once
 * the server closes nothing watches the time of a request any more: it would wait for them without end.
 */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** A request that is under way may take so long, ms: longer than a body waits for the brokers. */
const graceMs = 40_000;

export function letGoOnClose(app: FastifyInstance): void {
  const sockets = new Set<Socket>();
  let closing = false;
  app.server.on('connection', (socket) => {
    if (closing) return socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref();
  });
}
