import { Link, type LinkState } from '../lib/connection';
import { ringing, type HouseNow } from './house';

/** The house as it is seen, for as long as the page is open. */
export class Watch {
  house = $state.raw<HouseNow | null>(null);
  state = $state<LinkState>('connecting');
  /** When the newest picture came, by the server's clock. */
  seenMs = $state(0);
  readonly link: Link;
  readonly #called: () => void;
  #rings: ReadonlySet<string> | null = null;

  /** `called`: an alarm rings that did not ring before. `turnedAway`: an attempt to connect failed; perhaps nobody is signed in any more. */
  constructor(called: () => void, turnedAway: () => Promise<void>) {
    this.#called = called;
    this.link = new Link({
      hub: '/hubs/console',
      stage: () => undefined,
      tally: () => undefined,
      house: (house) => this.#see(house),
      state: (state) => (this.state = state),
      resume: async () => this.#see(await this.link.invoke<HouseNow>('WatchHouse')),
      prepare: (attempt) => (attempt > 0 ? turnedAway() : Promise.resolve()),
    });
  }

  #see(house: HouseNow): void {
    this.link.clock.hint(house.here.nowMs);
    this.house = house;
    this.seenMs = this.link.clock.now();
    const rings = ringing(house);
    const before = this.#rings;
    this.#rings = rings;
    if (before && [...rings].some((key) => !before.has(key))) this.#called();
  }
}
