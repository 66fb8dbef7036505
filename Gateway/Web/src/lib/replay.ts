import { feelings, type Feeling, type FeelingSums, type Text } from './protocol';
import type { RecordedAction, RecordedBeat, RecordedFeelings, RecordedLine, RecordedVote, Recording } from './recording';

/*
 * A recording as something to read and to play: pure, so that what a reader sees at a time follows from the recording
 * and that time alone. Times are milliseconds from the start of the show.
 */

/** Something that happens at a time and can be stepped to. */
export interface Step {
  readonly kind: 'line' | 'vote' | 'verdict';
  /** Index of the scene. */
  readonly scene: number;
  /** Of a line its place among the beat's lines; otherwise -1. */
  readonly line: number;
  readonly atMs: number;
}

export type Entry =
  | { readonly kind: 'line'; readonly line: RecordedLine; readonly n: number; readonly speaker: Text | null; readonly atMs: number }
  | { readonly kind: 'action'; readonly action: RecordedAction['action']; readonly atMs: number };

/** A beat with all that happened while it was the present. */
export interface Scene {
  readonly beat: RecordedBeat;
  /** The act's title where a new act begins; null within one. */
  readonly act: Text | null;
  readonly entries: readonly Entry[];
  readonly vote: RecordedVote | null;
  readonly felt: readonly RecordedFeelings[];
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Timeline {
  readonly scenes: readonly Scene[];
  readonly steps: readonly Step[];
  readonly lengthMs: number;
}

/** Commands that belong to the way a show is run and tell a reader nothing. */
const routine: ReadonlySet<RecordedAction['action']> = new Set(['Open', 'Start', 'Unban']);

/**
 * The timeline. Steps are in the order of the story and their times never fall, even where the machine's clock was set
 * back during the show.
 */
export function timeline(recording: Recording): Timeline {
  const steps: Step[] = [];
  let latest = 0;
  const step = (kind: Step['kind'], scene: number, line: number, atMs: number): number => {
    latest = Math.max(latest, atMs);
    steps.push({ kind, scene, line, atMs: latest });
    return latest;
  };
  const starts: number[] = [];
  recording.beats.forEach((beat, scene) => {
    beat.lines.forEach((line, n) => {
      const at = step('line', scene, n, line.atMs);
      if (n === 0) starts[scene] = at;
    });
    starts[scene] ??= latest;
    if (!beat.vote) return;
    step('vote', scene, -1, beat.vote.openedMs);
    step('verdict', scene, -1, beat.vote.decidedMs);
  });
  const lengthMs = Math.max(recording.lengthMs, latest, ...recording.beats.flatMap((beat) => beat.lines.map((line) => line.atMs + line.forMs)));
  let act = '';
  const scenes = recording.beats.map((beat, scene): Scene => {
    const fromMs = starts[scene]!;
    const untilMs = starts[scene + 1] ?? lengthMs;
    const opens = beat.act !== act;
    act = beat.act;
    // What happened before the first line belongs to the first scene, and what happened last to the last.
    const within = (atMs: number) => (scene === 0 || atMs >= fromMs) && (scene === recording.beats.length - 1 || atMs < untilMs);
    return {
      beat, fromMs, untilMs,
      act: opens ? nameOf(recording.acts, beat.act) : null,
      vote: beat.vote,
      felt: recording.feelings.filter((one) => within(one.atMs)),
      entries: entriesOf(recording, beat, steps.filter((one) => one.scene === scene && one.kind === 'line'), within),
    };
  });
  return { scenes, steps, lengthMs };
}

function entriesOf(recording: Recording, beat: RecordedBeat, times: readonly Step[], within: (atMs: number) => boolean): readonly Entry[] {
  const lines = beat.lines.map((line, n): Entry => ({
    kind: 'line', line, n, speaker: line.speaker === null ? null : nameOf(recording.cast, line.speaker), atMs: times[n]!.atMs,
  }));
  const actions = recording.actions
    .filter((one) => !routine.has(one.action) && within(one.atMs))
    .map((one): Entry => ({ kind: 'action', action: one.action, atMs: one.atMs }));
  // Stable: a line comes before what an operator did at the same time.
  return [...lines, ...actions].sort((a, b) => a.atMs - b.atMs);
}

function nameOf(names: Recording['cast'], id: string): Text {
  return names.find((one) => one.id === id)?.name ?? { en: id };
}

/** Index of the last step at or before a time; -1 before the first. */
export function stepAt({ steps }: Timeline, atMs: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where one step forward or back leads: the time of another step. Back from the first is the beginning. */
export function stepFrom(line: Timeline, atMs: number, by: 1 | -1): number {
  const here = stepAt(line, atMs);
  if (by > 0) return line.steps[here + 1]?.atMs ?? line.lengthMs;
  const from = line.steps[here]?.atMs ?? 0;
  // Steps at one time are taken as one.
  for (let at = here - 1; at >= 0; at--) if (line.steps[at]!.atMs < from) return line.steps[at]!.atMs;
  return 0;
}

/** How a vote stands at a time: not asked yet, open, or decided. */
export function stateOf(vote: RecordedVote, atMs: number): 'ahead' | 'open' | 'decided' {
  return atMs < vote.openedMs ? 'ahead' : atMs < vote.decidedMs ? 'open' : 'decided';
}

/**
 * Percent each option had. Where every ballot backs one option the numbers add up to 100, the largest remainders rounded
 * up; under approval they are of the voters who had a preference. All zero where nobody voted.
 */
export function shares({ choice, rule }: RecordedVote): readonly number[] {
  if (rule === 'Approval') {
    const voters = choice.voters - choice.abstained;
    return choice.counts.map((count) => (voters > 0 ? Math.min(100, Math.round((100 * count) / voters)) : 0));
  }
  const all = choice.counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return choice.counts.map(() => 0);
  const exact = choice.counts.map((count) => (100 * count) / all);
  const whole = exact.map(Math.floor);
  const left = 100 - whole.reduce((sum, one) => sum + one, 0);
  const byRemainder = exact.map((_, option) => option).sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  for (const option of byRemainder.slice(0, left)) whole[option]!++;
  return whole;
}

/** Arousal of each feeling, 0–1, in their order; the numbers of `Rules/Feelings/Affect.cs`. */
const arousals: Readonly<Record<Feeling, number>> = {
  Joy: 0.6, Warmth: 0.3, Suspense: 0.85, Fear: 0.9, Sadness: 0.25, Anger: 0.8, Surprise: 0.8, Boredom: 0.05,
};

/** Mean arousal of a window weighted by intensity, 0–1; null without taps. */
export function arousal({ sums }: FeelingSums): number | null {
  const all = sums.reduce((total, sum) => total + sum, 0);
  return all === 0 ? null : sums.reduce((total, sum, at) => total + sum * arousals[feelings[at]!], 0) / all;
}

/** What the hall felt over some windows. */
export interface Mood {
  /** The strongest feelings with their percent of all that was felt, at most three, each at least a tenth. */
  readonly strongest: readonly { readonly feeling: Feeling; readonly percent: number }[];
  /** Mean arousal in percent in the first and in the last window. */
  readonly from: number;
  readonly to: number;
}

/** The mood, or null where there is none. */
export function moodOf(felt: readonly RecordedFeelings[]): Mood | null {
  const waves = felt.map((one) => arousal(one.sums)).filter((one) => one !== null);
  if (waves.length === 0) return null;
  const sums = feelings.map((feeling, at) => ({ feeling, sum: felt.reduce((total, one) => total + (one.sums.sums[at] ?? 0), 0) }));
  const all = sums.reduce((total, one) => total + one.sum, 0);
  const strongest = sums
    .sort((a, b) => b.sum - a.sum)
    .map(({ feeling, sum }) => ({ feeling, percent: Math.round((100 * sum) / all) }))
    .filter(({ percent }, at) => at === 0 || percent >= 10)
    .slice(0, 3);
  return { strongest, from: Math.round(100 * waves[0]!), to: Math.round(100 * waves.at(-1)!) };
}

/** A point of a curve: a time, and a height from 0 to 1. */
export type Point = readonly [atMs: number, height: number];

/** Measured arousal as points. */
export function wave(felt: readonly RecordedFeelings[]): readonly Point[] {
  return felt.flatMap((one): Point[] => {
    const height = arousal(one.sums);
    return height === null ? [] : [[one.atMs, height]];
  });
}

/** The tension that the plan aimed at, in steps: a point where each scene begins and one where it ends. */
export function aim({ scenes }: Timeline): readonly Point[] {
  return scenes.flatMap(({ beat, fromMs, untilMs }): Point[] => [[fromMs, beat.target], [untilMs, beat.target]]);
}

/**
 * An SVG path through points in a box, times from left to right and heights from the bottom up; empty for fewer than two
 * points. `floor` closes it along the bottom.
 */
export function path(points: readonly Point[], span: readonly [fromMs: number, untilMs: number], width: number, height: number, floor = false): string {
  if (points.length < 2) return '';
  const [from, until] = span;
  const round = (value: number) => Math.round(value * 10) / 10;
  const x = (at: number) => round((width * (at - from)) / Math.max(1, until - from));
  const y = (value: number) => round(height * (1 - Math.min(1, Math.max(0, value))));
  const line = points.map(([at, value], n) => `${n === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
  return floor ? `${line}L${x(points.at(-1)![0])} ${height}L${x(points[0]![0])} ${height}z` : line;
}

/** How the show came to its end; `landed`: the house had it land, and did not take that back. */
export function ending(recording: Recording): { readonly told: boolean; readonly landed: boolean; readonly stoppedMs: number | null } {
  const last = recording.beats.at(-1);
  const stopped = recording.actions.findLast((one) => one.action === 'End');
  const landing = recording.actions.findLast((one) => one.action === 'EndWell' || one.action === 'CarryOn');
  return { told: last?.function === 'Resolution', landed: landing?.action === 'EndWell', stoppedMs: stopped?.atMs ?? null };
}

/** What an address names: a session, and perhaps a line of it. */
export interface Place { readonly session: string; readonly line: readonly [beat: number, n: number] | null }

/** `#<session>`, or `#<session>;line=3.2`; null for anything else. */
export function place(hash: string): Place | null {
  const found = /^#([0-9a-f]{32})(?:;line=(\d{1,4})\.(\d{1,4}))?$/.exec(hash);
  return found && { session: found[1]!, line: found[2] === undefined ? null : [Number(found[2]), Number(found[3])] };
}

/** The address of a line. */
export function addressOf(session: string, line: readonly [beat: number, n: number] | null): string {
  return line ? `#${session};line=${line[0]}.${line[1]}` : `#${session}`;
}

/** When the line of an address aired; null where the show has no such line. */
export function timeOf({ scenes, steps }: Timeline, [ordinal, n]: readonly [number, number]): number | null {
  return steps.find((step) => step.kind === 'line' && step.line === n && scenes[step.scene]!.beat.ordinal === ordinal)?.atMs ?? null;
}

/** A running clock over the show: where it was when it last changed, and how fast it goes. */
export interface Run { readonly atMs: number; readonly sinceMs: number; readonly speed: number }

/** Where a run is when the reader's clock says `nowMs`; never past the end. */
export function positionOf(run: Run, nowMs: number, lengthMs: number): number {
  return Math.min(lengthMs, Math.max(0, run.atMs + (nowMs - run.sinceMs) * run.speed));
}

/** A format that a recording leaves in; with how many languages a file may be in, 0 for all that there are. */
export const formats = [
  { end: 'json', languages: 0 }, { end: 'fountain', languages: 1 }, { end: 'vtt', languages: 2 }, { end: 'chapters.vtt', languages: 1 },
  { end: 'srt', languages: 2 }, { end: 'ink', languages: 1 },
] as const;
export type Format = (typeof formats)[number]['end'];

/** Where a file is fetched. */
export function fileOf(session: string, format: Format, languages: readonly string[]): string {
  const asked = languages.length > 0 ? `?language=${languages.map(encodeURIComponent).join(',')}` : '';
  return `/api/sessions/${session}/recording.${format}${asked}`;
}
