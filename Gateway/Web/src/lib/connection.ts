import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import type { HouseNow } from '../house/house';
import { backoff } from './backoff';
import { ServerClock } from './clock';
import type { ClockAnswer, GatewayHealth, Refusal, SessionHealth, Stage, Tally, TestPicture } from './protocol';

/** How long a connection may take to be made, to give the present, or to answer five pings, milliseconds. */
const patienceMs = 10_000;

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** `connecting` for the first time, `live`, or `reconnecting` after a loss. */
export type LinkState = 'connecting' | 'live' | 'reconnecting';

export interface LinkOptions {
  /** `/hubs/audience`, `/hubs/wall` or `/hubs/console`. */
  readonly hub: string;
  /** The ticket for each attempt; absent where a cookie says who it is. */
  readonly ticket?: () => string;
  readonly stage: (stage: Stage) => void;
  readonly tally: (tally: Tally) => void;
  readonly health?: (session: SessionHealth, gateway: GatewayHealth) => void;
  readonly house?: (house: HouseNow) => void;
  /** A test picture is to be shown; walls only. */
  readonly test?: (picture: TestPicture) => void;
  /** The hall's staff sent this device away; the connection will not come back by itself. */
  readonly leave?: (why: Refusal) => void;
  readonly state: (state: LinkState) => void;
  /** Fetch the present; runs after every (re)connect, before the state is `live`. */
  readonly resume: () => Promise<void>;
  /** Before attempt `attempt` (from 0) since the last loss: renew the ticket if it is time. It may throw: the attempt failed. */
  readonly prepare?: (attempt: number) => Promise<void>;
}

/**
 * A hub connection that comes back for ever: backoff with jitter, at once when the network or the page wakes.
 * SignalR's own reconnect is off; resuming is ours, by the whole present.
 */
export class Link {
  readonly clock = new ServerClock();
  readonly #options: LinkOptions;
  readonly #hub: HubConnection;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #stopped = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { ticket } = options;
    this.#hub = new HubConnectionBuilder()
      .withUrl(options.hub, {
        skipNegotiation: true,
        transport: HttpTransportType.WebSockets,
        ...(ticket ? { accessTokenFactory: ticket } : {}),
      })
      .configureLogging(LogLevel.None)
      .build();
    this.#hub.on('stage', (stage: Stage) => {
      this.clock.hint(stage.nowMs);
      options.stage(stage);
    });
    this.#hub.on('tally', options.tally);
    if (options.health) this.#hub.on('health', options.health);
    if (options.house) this.#hub.on('house', options.house);
    if (options.test) this.#hub.on('test', options.test);
    this.#hub.on('leave', (why: Refusal) => {
      if (!options.leave) return;
      options.leave(why);
      void this.stop();
    });
    this.#hub.onclose(() => this.#lost());
  }

  start(): void {
    this.#options.state('connecting');
    globalThis.addEventListener?.('online', this.#wake);
    globalThis.document?.addEventListener('visibilitychange', this.#wake);
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    globalThis.removeEventListener?.('online', this.#wake);
    globalThis.document?.removeEventListener('visibilitychange', this.#wake);
    await this.#hub.stop();
  }

  /** Rejects when the connection is down or breaks before the answer. */
  invoke<T>(method: string, ...values: readonly unknown[]): Promise<T> {
    return this.#hub.invoke<T>(method, ...values);
  }

  readonly #wake = (): void => {
    if (globalThis.document?.visibilityState === 'hidden' || this.#stopped) return;
    if (this.#hub.state === HubConnectionState.Disconnected) {
      clearTimeout(this.#timer);
      void this.#connect();
    } else if (this.#hub.state === HubConnectionState.Connected && !this.#busy) {
      // A sleeping device's clock may have stood still.
      this.probe();
    }
  };

  async #connect(): Promise<void> {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    try {
      await this.#options.prepare?.(this.#attempt);
      if (this.#stopped) return;
      await within(patienceMs, this.#hub.start());
      await within(patienceMs, this.#options.resume());
      this.#attempt = 0;
      this.#options.state('live');
      this.probe();
    } catch {
      // Refused, unreachable or broken on the way: which of them does not matter, the answer is to try again.
      if (this.#hub.state !== HubConnectionState.Disconnected) await this.#hub.stop().catch(() => undefined);
      this.#retry();
    } finally {
      this.#busy = false;
    }
  }

  /** Measures the clock; a connection that does not answer is dropped and made anew. */
  probe(): void {
    if (this.#hub.state !== HubConnectionState.Connected) return;
    within(patienceMs, this.clock.measure((sent) => this.invoke<ClockAnswer>('Clock', sent))).catch(() => {
      if (!this.#stopped && !this.#busy) void this.#hub.stop();
    });
  }

  #lost(): void {
    if (this.#stopped || this.#busy) return;
    this.#options.state('reconnecting');
    this.#retry();
  }

  #retry(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), backoff(this.#attempt++, Math.random()));
  }
}
