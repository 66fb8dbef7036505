// What both Node peers do with a vote: keep the last one a seat, count, publish twice a second.
import http from 'node:http';

const TALLY_EVERY_MS = 500;

/** A dictionary of seats and a count an option. Nothing is written anywhere. */
export class Book {
  constructor(options) {
    this.counts = new Array(options).fill(0);
    this.seats = new Map();
    this.seq = 0;
  }

  /** Takes a ballot if its number is above the one that stands. */
  cast(seat, ballot) {
    const standing = this.seats.get(seat);
    if (standing && standing.n >= ballot.n) return standing.n;
    const choice = ballot.choice[0];
    if (standing) {
      this.counts[standing.choice]--;
      standing.n = ballot.n;
      standing.choice = choice;
    } else {
      this.seats.set(seat, { n: ballot.n, choice });
    }
    this.counts[choice]++;
    return ballot.n;
  }

  tally() {
    return { seq: ++this.seq, round: 0, counts: this.counts, voters: this.seats.size };
  }
}

/** Publishes the tally, and shows the book on a port of its own. */
export function open(book, bookPort, publish) {
  setInterval(() => publish(book.tally()), TALLY_EVERY_MS);
  http.createServer((_, response) => response.end(JSON.stringify({ counts: book.counts, voters: book.seats.size })))
    .listen(bookPort, '127.0.0.1', () => console.log('ready'));
}

const [port, bookPort, options] = process.argv.slice(2).map(Number);
export { port, bookPort, options };
