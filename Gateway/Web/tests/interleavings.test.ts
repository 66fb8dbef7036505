import { describe, expect, it } from 'vitest';
import { Voter, type Shared, type VoterWorld } from '../src/lib/voter';
import type { CastAnswer, CastBallot, Receipt, ReceiptStatus, VotingRule } from '../src/lib/protocol';
import { abstention, canonical, tapped } from '../src/lib/shapes';
import { shown } from '../src/lib/ballot';

/** mulberry32: a small seeded generator, so that a failing run can be repeated by its seed. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The shard as `Contracts/Sessions/Voting.cs` promises it. */
class Shard {
  standing = { n: 0, choice: '' };
  sealed = false;
  version = 0;
  readonly recorded = new Set<string>();

  proof(n: number, choice: string): string {
    return `proof/${n}/${choice}`;
  }

  receipt(status: ReceiptStatus): Receipt {
    return { status, round: 0, seat: 1, n: this.standing.n, choice: this.standing.choice, shard: 0, version: this.version, proof: this.standing.n === 0 ? '' : this.proof(this.standing.n, this.standing.choice) };
  }

  cast(n: number, choice: string): Receipt {
    if (this.sealed) return this.receipt('Closed');
    if (n > this.standing.n) {
      this.standing = { n, choice };
      this.version++;
      this.recorded.add(`${n}:${choice}`);
      return this.receipt('Counted');
    }
    return this.receipt(n === this.standing.n && choice === this.standing.choice ? 'Counted' : 'Stale');
  }
}

interface Flight { readonly ballot: CastBallot; readonly answer: (answer: CastAnswer) => void; readonly fail: () => void }

/** A tab with its own connection: casts arrive in their order, answers are delivered in theirs, until it breaks. */
class Tab {
  readonly up: Flight[] = [];
  readonly down: { flight: Flight; answer: CastAnswer }[] = [];
  timers: { at: number; call: () => void }[] = [];
  online = true;
  voter: Voter;
  #life = 0;

  constructor(readonly hall: Hall) {
    this.voter = this.make();
  }

  make(): Voter {
    const life = ++this.#life;
    const world: VoterWorld = {
      cast: (ballot) =>
        new Promise((answer, reject) => {
          expect(life, 'a page that was closed casts nothing').toBe(this.#life);
          if (this.online) this.up.push({ ballot, answer, fail: () => reject(new Error('lost')) });
          else reject(new Error('offline'));
        }),
      ask: () => this.voter.present(this.hall.shard.receipt(this.hall.shard.sealed ? 'Closed' : 'Counted')),
      read: () => (this.hall.sharing ? this.hall.shared : this.own),
      write: (_, shared) => {
        this.own = shared;
        if (!this.hall.sharing) return;
        this.hall.shared = shared;
        for (const tab of this.hall.tabs) if (tab !== this) this.hall.heard.push(tab);
      },
      now: () => this.hall.wallClock,
      later: (ms, call) => {
        const timer = { at: this.hall.now + ms, call };
        this.timers.push(timer);
        return () => void (this.timers = this.timers.filter((other) => other !== timer));
      },
      random: this.hall.random,
      changed: (ballot) => {
        if (ballot.standing) expect(this.hall.shard.recorded).toContain(`${ballot.standing.n}:${ballot.standing.choice}`);
        if (ballot.status === 'recorded') expect(ballot.standing).not.toBeNull();
        if (ballot.standing) expect(ballot.standing.proof).toBe(this.hall.shard.proof(ballot.standing.n, ballot.standing.choice));
      },
    };
    const voter = new Voter(world);
    voter.enter(0);
    return voter;
  }

  own: Shared | null = null;

  /** The page is loaded anew: what was on the wire may have arrived, nobody hears of it, and only storage remembers. */
  reload(): void {
    while (this.up.length > 0 && this.hall.random() < 0.5) this.arrive(false);
    this.up.length = 0;
    this.down.length = 0;
    this.timers = [];
    this.online = true;
    this.voter = this.make();
    this.back();
  }

  drop(): void {
    this.online = false;
    // What was on the wire may or may not have arrived; nobody will hear the answer.
    while (this.up.length > 0 && this.hall.random() < 0.5) this.arrive(false);
    for (const flight of [...this.up.splice(0), ...this.down.splice(0).map((one) => one.flight)]) flight.fail();
    this.voter.lost();
  }

  back(): void {
    this.online = true;
    this.voter.present(this.hall.shard.receipt(this.hall.shard.sealed ? 'Closed' : 'Counted'));
  }

  arrive(mayBeBusy: boolean): void {
    const flight = this.up.shift();
    if (!flight) return;
    const { shard, random } = this.hall;
    const busy = mayBeBusy && random() < 0.15;
    const answer: CastAnswer = busy
      ? random() < 0.5 ? { receipt: { ...shard.receipt('Busy'), n: 0, choice: '' }, refusal: null } : { receipt: null, refusal: { code: 'slow-down', sentence: {} } }
      : shard.sealed && random() < 0.5
        ? { receipt: null, refusal: { code: 'round-closed', sentence: {} } }
        : { receipt: shard.cast(flight.ballot.n, canonical(this.hall.rule, flight.ballot.choice)), refusal: null };
    this.down.push({ flight, answer });
  }

  deliver(): void {
    const next = this.down.shift();
    next?.flight.answer(next.answer);
  }

  due(): void {
    for (const timer of this.timers.filter((one) => one.at <= this.hall.now)) {
      this.timers = this.timers.filter((other) => other !== timer);
      timer.call();
    }
  }
}

class Hall {
  now = 1_000_000;
  shared: Shared | null = null;
  readonly shard = new Shard();
  readonly heard: Tab[] = [];
  readonly tabs: Tab[] = [];
  last = '';
  /** What the device says the time is; people set it back and forth. */
  wallClock = 1_000_000;
  constructor(readonly random: () => number, tabs: number, readonly sharing: boolean, readonly rule: VotingRule = 'Plurality') {
    for (let i = 0; i < tabs; i++) this.tabs.push(new Tab(this));
  }

  async step(mayTap: boolean): Promise<void> {
    const tab = this.tabs[Math.floor(this.random() * this.tabs.length)]!;
    const passed = 1 + Math.floor(this.random() * 120);
    this.now += passed;
    this.wallClock += this.random() < 0.03 ? Math.floor((this.random() - 0.5) * 7_200_000) : passed;
    if (mayTap && this.sharing && this.random() < 0.04) tab.reload();
    const dice = this.random();
    if (mayTap && dice < 0.2) {
      const ballot = tab.voter.ballot!;
      const choice = this.random() < 0.15 ? abstention : tapped(this.rule, shown(ballot), Math.floor(this.random() * 4));
      tab.voter.tap(choice);
      this.last = choice;
    } else if (dice < 0.45) tab.arrive(mayTap);
    else if (dice < 0.7) tab.deliver();
    else if (dice < 0.78 && mayTap) tab.online ? tab.drop() : tab.back();
    else if (dice < 0.9) tab.due();
    else this.heard.shift()?.voter.heard();
    await Promise.resolve();
    await Promise.resolve();
  }

  async drain(): Promise<void> {
    for (const tab of this.tabs) if (!tab.online) tab.back();
    for (let i = 0; i < 400; i++) {
      for (const tab of this.tabs) {
        tab.arrive(false);
        tab.deliver();
        await Promise.resolve();
        await Promise.resolve();
        tab.due();
      }
      while (this.heard.length > 0) this.heard.shift()!.voter.heard();
      this.now += 500;
      if (this.tabs.every((tab) => tab.up.length + tab.down.length + tab.timers.length === 0)) return;
    }
  }
}

describe('whatever the network does', () => {
  const runs = 200;
  /** The runs take a second or two; a machine busy with other things may take its time, milliseconds. */
  const patienceMs = 60_000;

  it.each<[VotingRule, number, boolean]>([
    ['Plurality', 1, true], ['Plurality', 1, false], ['Plurality', 2, true], ['Plurality', 3, true],
    ['Approval', 1, false], ['Approval', 2, true], ['Ranked', 1, false], ['Ranked', 2, true], ['Ranked', 3, true],
  ])('%s, %i tab(s), shared storage %s, reloads and a clock that jumps: the last tap stands and is on record', async (rule, tabs, sharing) => {
    for (let seed = 1; seed <= runs; seed++) {
      const hall = new Hall(seeded(seed * 7919 + tabs), tabs, sharing, rule);
      for (let i = 0; i < 60; i++) await hall.step(true);
      await hall.drain();
      if (hall.last === '') continue;
      expect(hall.shard.standing.choice, `seed ${seed}`).toBe(hall.last);
      for (const tab of hall.tabs) {
        expect(tab.voter.ballot, `seed ${seed}`).toMatchObject({ tap: null, status: 'recorded', standing: { choice: hall.last } });
      }
    }
  }, patienceMs);

  it('a seal in the middle leaves every tab with what the shard keeps, or late', async () => {
    for (let seed = 1; seed <= runs; seed++) {
      const hall = new Hall(seeded(seed * 104729), 2, true, seed % 2 === 0 ? 'Ranked' : 'Plurality');
      for (let i = 0; i < 30; i++) await hall.step(true);
      hall.shard.sealed = true;
      for (let i = 0; i < 15; i++) await hall.step(true);
      await hall.drain();
      const { standing } = hall.shard;
      for (const { voter: { ballot } } of hall.tabs) {
        expect(ballot?.tap, `seed ${seed}`).toBeNull();
        expect(['none', 'recorded', 'late']).toContain(ballot?.status);
        if (ballot?.status === 'recorded') expect(ballot.standing, `seed ${seed}`).toMatchObject(standing);
      }
    }
  }, patienceMs);
});
