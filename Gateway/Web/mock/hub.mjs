/** As much of SignalR's JSON protocol as the pages use. Development only. */
import { WebSocketServer } from 'ws';

const end = '\x1e';

/**
 * Serves hubs on an HTTP server. `admit(request)` says whether a connection may open; `methods[hub][Name](client, ...values)`
 * answers an invocation.
 */
export function serveHubs(server, { admit, methods }) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 });
  const clients = new Set();

  server.on('upgrade', (request, socket, head) => {
    const hub = new URL(request.url, 'http://mock').pathname.split('/').at(-1);
    if (!methods[hub] || !admit(request)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => open(ws, hub, request));
  });

  function open(ws, hub, request) {
    const client = { hub, ws, request, send: (target, ...values) => write(ws, { type: 1, target, arguments: values }) };
    let shaken = false;
    ws.on('message', async (data) => {
      for (const frame of data.toString().split(end).filter(Boolean)) {
        const message = JSON.parse(frame);
        if (!shaken) {
          shaken = true;
          ws.send(`{}${end}`);
          clients.add(client);
          continue;
        }
        if (message.type !== 1) continue;
        try {
          const result = await methods[hub][message.target](client, ...message.arguments);
          if (message.invocationId && result !== silence) write(ws, { type: 3, invocationId: message.invocationId, result: result ?? null });
        } catch (error) {
          write(ws, { type: 3, invocationId: message.invocationId, error: String(error) });
        }
      }
    });
    ws.on('close', () => clients.delete(client));
  }

  return { clients, close: () => sockets.close() };
}

/** A method that returns this never answers. */
export const silence = Symbol('silence');

function write(ws, message) {
  if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(message) + end);
}
