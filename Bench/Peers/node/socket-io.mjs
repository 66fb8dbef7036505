// socket.io as its documentation shows it: WebSocket only, no compression, an acknowledgement a ballot, one broadcast a tally.
import http from 'node:http';
import { Server } from 'socket.io';
import { Book, open, port, bookPort, options } from './book.mjs';

const book = new Book(options);
const server = http.createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) => {
  const seat = Number(socket.handshake.query.seat);
  socket.on('cast', (ballot, acknowledge) => acknowledge({ n: book.cast(seat, ballot) }));
});
server.listen(port, '127.0.0.1', () => open(book, bookPort, (tally) => io.emit('tally', tally)));
