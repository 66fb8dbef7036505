import type { Stage, Tally } from './protocol';

/**
 * Keeps the newest stage and tally and ignores what is older than what was shown. A session that came back after a
 * crash may count from lower again; its clock tells, so a lower number with a later clock is newer.
 */
export class Present {
  stage: Stage | null = null;
  tally: Tally | null = null;

  /** Whether the stage was newer and is now the present. */
  offerStage(stage: Stage): boolean {
    const shown = this.stage;
    if (shown && stage.session === shown.session) {
      if (stage.seq <= shown.seq && stage.nowMs <= shown.nowMs) return false;
      if (stage.seq < shown.seq) this.tally = null;
    } else {
      this.tally = null;
    }
    this.stage = stage;
    return true;
  }

  /** Whether the tally was newer and is now the present. */
  offerTally(tally: Tally): boolean {
    if (this.tally && tally.seq <= this.tally.seq) return false;
    this.tally = tally;
    return true;
  }

  /** The tally if it belongs to the round on stage. */
  get roundTally(): Tally | null {
    return this.tally && this.stage?.round?.round === this.tally.round ? this.tally : null;
  }
}
