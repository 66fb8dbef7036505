import type { Stage } from './protocol';

/** The first look that a device took at a show. */
export interface Arrival {
  /** The round it found on stage, −2 for none: of this one and those before it nobody can say that its owner did not vote. */
  readonly round: number;
  /** Whether it came when something had been told already. */
  readonly late: boolean;
}

/** Below every round, the lobby's included. */
export const noRound = -2;

export function arrivalAt({ phase, beat, round, choices }: Stage): Arrival {
  const decided = choices.reduce((last, choice) => Math.max(last, choice.round), noRound);
  const running = phase === 'Playing' || phase === 'Paused';
  return {
    round: Math.max(decided, round?.round ?? noRound),
    late: running && ((beat?.ordinal ?? 0) > 0 || (beat?.lines.length ?? 0) > 2 || (round?.round ?? noRound) >= 0),
  };
}
