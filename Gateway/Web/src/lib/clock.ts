/** How many pings a measurement takes. */
export const pings = 5;

/** This device's clock: UTC milliseconds that never jump while the page lives. */
export function deviceNow(): number {
  return performance.timeOrigin + performance.now();
}

/** The server's clock as this device knows it: the offset of the ping with the smallest round trip. */
export class ServerClock {
  #offset = 0;
  #trip = Number.POSITIVE_INFINITY;
  readonly #device: () => number;

  constructor(device: () => number = deviceNow) {
    this.#device = device;
  }

  /** The server's UTC milliseconds now. */
  now(): number {
    return this.#device() + this.#offset;
  }

  /** Half the smallest round trip, milliseconds: how far off the clock can be. Infinity before the first ping. */
  get error(): number {
    return this.#trip / 2;
  }

  /** A new measurement starts: after a reconnect or a sleep the old best may be wrong. The offset stays until a ping. */
  restart(): void {
    this.#trip = Number.POSITIVE_INFINITY;
  }

  /** A stage said what time it was; better than nothing until the first ping. */
  hint(serverMs: number): void {
    if (this.#trip === Number.POSITIVE_INFINITY) this.#offset = serverMs - this.#device();
  }

  /** A ping came back. */
  sample(sentMs: number, serverMs: number, receivedMs: number): void {
    const trip = receivedMs - sentMs;
    if (trip < 0 || trip >= this.#trip) return;
    this.#trip = trip;
    this.#offset = serverMs - (sentMs + receivedMs) / 2;
  }

  /** Takes the pings one after another. */
  async measure(ping: (sentMs: number) => Promise<{ readonly server: number }>): Promise<void> {
    this.restart();
    for (let i = 0; i < pings; i++) {
      const sent = this.#device();
      const answer = await ping(Math.round(sent));
      this.sample(sent, answer.server, this.#device());
    }
  }
}
