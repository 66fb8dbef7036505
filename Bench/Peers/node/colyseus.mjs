// Colyseus core: one room, a message a ballot, a message back, one broadcast a tally (encoded once for all). Its state
// synchronization is off: sending it too would be a second tally.
import http from 'node:http';
import { Room, Server } from '@colyseus/core';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { Book, open, port, bookPort, options } from './book.mjs';

const book = new Book(options);
let hall;

class Hall extends Room {
  onCreate() {
    hall = this;
    this.maxClients = 20_000;
    this.autoDispose = false;
    this.patchRate = null;
    this.onMessage('cast', (client, ballot) => client.send('ack', { n: book.cast(client.userData.seat, ballot) }));
  }

  onJoin(client, terms) {
    client.userData = { seat: terms.seat };
  }
}

// The ping interval of the other servers; the default is 3 s.
const transport = new WebSocketTransport({ server: http.createServer(), pingInterval: 15_000 });
const server = new Server({ transport, greet: false });
server.define('hall', Hall);
await server.listen(port, '127.0.0.1');
open(book, bookPort, (tally) => hall?.broadcast('tally', tally));
