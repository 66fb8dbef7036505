import { Refused } from '../lib/api';
import type { Refusal, Text } from '../lib/protocol';
import { both } from '../lib/words';
import type { Desk } from '../console/desk.svelte';
import type { Direction, Script } from './script';
import { directorWords } from './words';

/** The script is asked for when the stage has changed, and at least so often: plans and writers say nothing by themselves. */
const everyMs = 1500;

/** One session's script as its director reads and changes it. */
export class ScriptDesk {
  script = $state.raw<Script | null>(null);
  outcome = $state.raw<{ readonly ok: boolean; readonly words: Text } | null>(null);
  busy = $state(false);
  denied = $state(false);
  readonly #desk: Desk;
  readonly #path: string;
  #asking = false;
  #again = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#path = `/api/sessions/${encodeURIComponent(desk.session)}/script`;
  }

  /** Reads on until stopped; call it in an effect. */
  run(): () => void {
    void this.read();
    const timer = setInterval(() => void this.read(), everyMs);
    return () => clearInterval(timer);
  }

  async read(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      const response = await fetch(this.#path, { credentials: 'same-origin', cache: 'no-store' });
      this.denied = response.status === 403;
      if (response.ok) this.script = (await response.json()) as Script;
    } catch {
      // The next reading comes by itself, and the link says when there is none.
    } finally {
      this.#asking = false;
      if (this.#again) {
        this.#again = false;
        void this.read();
      }
    }
  }

  /** True when it was done. */
  async direct(direction: Direction): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.outcome = null;
    try {
      const response = await fetch(this.#path, {
        method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(direction),
      });
      if (!response.ok) throw new Refused(response.status, (await response.json().catch(() => null)) as Refusal | null);
      this.outcome = { ok: true, words: { en: directorWords.en.done[direction.action], zh: directorWords.zh.done[direction.action] } };
      return true;
    } catch (error) {
      this.outcome = { ok: false, words: (error instanceof Refused && error.refusal?.sentence) || both((all) => all.console.failed) };
      return false;
    } finally {
      this.busy = false;
      void this.read();
    }
  }

  /** The server's time. */
  now(): number {
    return this.#desk.link.clock.now();
  }
}
