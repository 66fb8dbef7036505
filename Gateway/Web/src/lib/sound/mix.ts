import type { Ambience } from '../protocol';

/** What the wall lets be heard, as numbers: everything of it that can be decided without a loudspeaker. */
export interface Mix {
  /** Loudness of each layer, 0–1. */
  readonly levels: ReadonlyMap<Ambience, number>;
  /** Cut-off of the low-pass over everything, Hz: calm is dull, tense is bright. */
  readonly brightness: number;
  /** Loudness of a slow low beat, 0–1; nothing below a tension of 0.7. */
  readonly pulse: number;
  /** Loudness of everything, 0–1: a round leaves room for the hall's own voices. */
  readonly master: number;
}

/** How loud a layer is when nothing is tense, so that four of them sound like one place. */
const base: Readonly<Record<Ambience, number>> = {
  Rain: 0.5, Wind: 0.55, Sea: 0.6, Drip: 0.35, Fire: 0.45, Engine: 0.4, Hum: 0.16, Static: 0.12, Clock: 0.3, Projector: 0.22, Train: 0.45, Traffic: 0.4,
  Crowd: 0.3, Crickets: 0.12, Birds: 0.2, Bell: 0.35, Drone: 0.25,
};

/** What swells with tension; the rest steps back a little. */
const rising: ReadonlySet<Ambience> = new Set(['Rain', 'Wind', 'Sea', 'Fire', 'Engine', 'Static', 'Train', 'Drone']);

export const silence: Mix = { levels: new Map(), brightness: 1500, pulse: 0, master: 0 };

/**
 * @param layers the place's, at most four
 * @param tension 0–1
 * @param voting whether a round is open or its card shows
 */
export function mix(layers: readonly Ambience[], tension: number, voting: boolean): Mix {
  const tense = Math.min(1, Math.max(0, tension));
  const levels = new Map(layers.map((layer) => [layer, base[layer] * (rising.has(layer) ? 0.7 + 0.6 * tense : 1.05 - 0.35 * tense)] as const));
  return { levels, brightness: Math.round(1400 * 2 ** (2.6 * tense)), pulse: tense > 0.7 ? Math.min(1, (tense - 0.7) / 0.25) : 0, master: voting ? 0.55 : 1 };
}
