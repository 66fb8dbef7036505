import { describe, expect, it } from 'vitest';
import type { FeelingSums, VotingRule } from '../src/lib/protocol';
import type { RecordedBeat, RecordedVote, Recording } from '../src/lib/recording';
import { addressOf, aim, arousal, ending, fileOf, moodOf, path, place, positionOf, shares, stateOf, stepAt, stepFrom, timeline, timeOf, wave } from '../src/lib/replay';
import { Player } from '../src/replay/player.svelte';

const vote = (openedMs: number, decidedMs: number, counts: readonly number[] = [3, 1], more: { rule?: VotingRule; voters?: number; abstained?: number } = {}): RecordedVote => ({
  rule: more.rule ?? 'Plurality', why: { en: 'They did.' }, openedMs, decidedMs,
  choice: {
    round: 0, question: { en: '?' }, options: counts.map((_, at) => ({ en: `Option ${at}` })), winner: 0, counts,
    voters: more.voters ?? counts.reduce((sum, one) => sum + one, 0), abstained: more.abstained ?? 0, for: [], roads: [],
  },
});
const beat = (ordinal: number, act: string, times: readonly number[], more: Partial<RecordedBeat> = {}): RecordedBeat => ({
  ordinal, act, writer: 'storylet', storylet: null, function: 'Setup', place: { en: 'Pier' }, moment: { en: 'Night' }, palette: [], tension: 0.2, target: 0.3,
  reason: { en: 'Because.' }, lines: times.map((atMs, n) => ({ speaker: n === 0 ? null : 'mei', words: { en: `${ordinal}.${n}` }, atMs, forMs: 2000 })), vote: null, ...more,
});
const sums = (...of: number[]): FeelingSums => ({ contributors: 12, sums: [...of, ...Array<number>(8 - of.length).fill(0)] });
const show = (more: Partial<Recording> = {}): Recording => ({
  session: '0123456789abcdef0123456789abcdef',
  film: { film: { slug: 'pier', hash: '' }, title: { en: 'Pier' }, logline: { en: '' }, rating: '', languages: ['en', 'zh'], shortestMinutes: 3, longestMinutes: 9 },
  language: 'en', wallLanguages: ['en'], startedMs: 1_000_000, lengthMs: 30_000, scheduledMs: 30_000,
  cast: [{ id: 'mei', name: { en: 'Mei', zh: '周梅' } }], acts: [{ id: 'one', name: { en: 'One' } }, { id: 'two', name: { en: 'Two' } }],
  beats: [beat(0, 'one', [1000, 4000], { vote: vote(6000, 10_000) }), beat(1, 'one', [12_000, 15_000]), beat(2, 'two', [20_000], { function: 'Resolution' })],
  feelings: [{ atMs: 500, sums: sums(4) }, { atMs: 13_000, sums: sums(0, 0, 9, 3) }, { atMs: 29_000, sums: sums(0, 2) }],
  actions: [{ action: 'Start', atMs: 0 }, { action: 'Pause', atMs: 4000 }, { action: 'Resume', atMs: 5000 }, { action: 'Kick', atMs: 15_500 }],
  ...more,
});

describe('a recording as a timeline', () => {
  it('has every line, every vote and every verdict as a step, in the order of the story', () => {
    const { steps, scenes, lengthMs } = timeline(show());
    expect(steps.map(({ kind, scene, line, atMs }) => `${kind} ${scene} ${line} ${atMs}`)).toEqual([
      'line 0 0 1000', 'line 0 1 4000', 'vote 0 -1 6000', 'verdict 0 -1 10000', 'line 1 0 12000', 'line 1 1 15000', 'line 2 0 20000',
    ]);
    expect(scenes.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([[1000, 12_000], [12_000, 20_000], [20_000, 30_000]]);
    expect(lengthMs).toBe(30_000);
  });

  it('names an act where it begins and nowhere else', () => {
    expect(timeline(show()).scenes.map(({ act }) => act)).toEqual([{ en: 'One' }, null, { en: 'Two' }]);
  });

  it('puts what operators did among the lines, and leaves out what tells a reader nothing', () => {
    const [first, second] = timeline(show()).scenes;
    expect(first!.entries.map((entry) => (entry.kind === 'line' ? entry.n : entry.action))).toEqual([0, 1, 'Pause', 'Resume']);
    expect(second!.entries.map((entry) => (entry.kind === 'line' ? entry.speaker : entry.action))).toEqual([null, { en: 'Mei', zh: '周梅' }, 'Kick']);
  });

  it('loses no window of feelings: what lies before the first line is of the first scene, the last of the last', () => {
    expect(timeline(show()).scenes.map(({ felt }) => felt.map(({ atMs }) => atMs))).toEqual([[500], [13_000], [29_000]]);
  });

  it('never runs backward, even where the clock of the hall was set back', () => {
    const { steps, lengthMs } = timeline(show({ beats: [beat(0, 'one', [5000, 2000], { vote: vote(1000, 9000) }), beat(1, 'one', [8000])], lengthMs: 100 }));
    expect(steps.map(({ atMs }) => atMs)).toEqual([5000, 5000, 5000, 9000, 9000]);
    expect(lengthMs).toBe(10_000);
  });

  it('is empty for a show that ended before its first line', () => {
    const empty = timeline(show({ beats: [] }));
    expect(empty.steps).toEqual([]);
    expect(stepAt(empty, 99)).toBe(-1);
    expect(stepFrom(empty, 0, 1)).toBe(30_000);
  });
});

describe('moving through it', () => {
  const line = timeline(show());

  it('finds the last step at or before a time', () => {
    expect([0, 999, 1000, 3999, 4000, 10_000, 99_999].map((at) => stepAt(line, at))).toEqual([-1, -1, 0, 0, 1, 3, 6]);
  });

  it('agrees with a plain search at every second', () => {
    for (let at = 0; at <= 30_000; at += 250) expect(stepAt(line, at)).toBe(line.steps.findLastIndex((step) => step.atMs <= at));
  });

  it('steps on to the end and back to the beginning, and comes by every time once', () => {
    const on: number[] = [];
    for (let at = 0; at < line.lengthMs; ) on.push((at = stepFrom(line, at, 1)));
    expect(on).toEqual([1000, 4000, 6000, 10_000, 12_000, 15_000, 20_000, 30_000]);
    const back: number[] = [];
    for (let at = line.lengthMs; at > 0; ) back.push((at = stepFrom(line, at, -1)));
    expect(back).toEqual([15_000, 12_000, 10_000, 6000, 4000, 1000, 0]);
  });

  it('shows a vote when it was opened and its verdict when it fell', () => {
    expect([5999, 6000, 9999, 10_000].map((at) => stateOf(vote(6000, 10_000), at))).toEqual(['ahead', 'open', 'open', 'decided']);
  });

  it('runs at the speed it was given, and not past the end', () => {
    expect(positionOf({ atMs: 1000, sinceMs: 50, speed: 4 }, 550, 30_000)).toBe(3000);
    expect(positionOf({ atMs: 1000, sinceMs: 0, speed: 2 }, 99_999, 30_000)).toBe(30_000);
  });
});

describe('the player', () => {
  it('hides what has not happened only while it is watched, and plays again from the start once it is over', () => {
    const player = new Player(timeline(show()), () => 0);
    expect(player.shows(20_000)).toBe(true);
    expect(player.stateOf(vote(6000, 10_000))).toBe('decided');
    player.toggle();
    expect([player.playing, player.at, player.shows(0), player.shows(1000)]).toEqual([true, 0, true, false]);
    player.line(1);
    expect([player.at, player.shows(1000), player.shows(4000)]).toEqual([1000, true, false]);
    player.go(99_999);
    player.toggle();
    player.toggle();
    expect(player.at).toBe(0);
    player.read();
    expect([player.playing, player.shows(20_000)]).toEqual([false, true]);
  });
});

describe('numbers', () => {
  it('are percents that add up to 100 where every ballot backs one option', () => {
    expect(shares(vote(0, 1, [1, 1, 1]))).toEqual([34, 33, 33]);
    expect(shares(vote(0, 1, [82, 105]))).toEqual([44, 56]);
    for (let n = 0; n < 500; n++) {
      const counts = [n % 7, (n * 5) % 11, (n * 3) % 13, 1 + (n % 3)];
      expect(shares(vote(0, 1, counts)).reduce((sum, one) => sum + one, 0)).toBe(100);
    }
  });

  it('are of the voters with a preference under approval, and nothing where nobody voted', () => {
    expect(shares(vote(0, 1, [8, 6], { rule: 'Approval', voters: 12, abstained: 2 }))).toEqual([80, 60]);
    expect(shares(vote(0, 1, [0, 0]))).toEqual([0, 0]);
    expect(shares(vote(0, 1, [0, 0], { rule: 'Approval', voters: 3, abstained: 3 }))).toEqual([0, 0]);
  });
});

describe('feelings', () => {
  it('are weighed by how stirring each is', () => {
    expect(arousal(sums(5))).toBeCloseTo(0.6);
    expect(arousal(sums(0, 0, 3, 1))).toBeCloseTo((3 * 0.85 + 0.9) / 4);
    expect(arousal(sums(0))).toBeNull();
  });

  it('are named from the strongest down, small ones left out', () => {
    expect(moodOf([{ atMs: 0, sums: sums(6, 3, 0, 0, 1) }])).toEqual({ strongest: [{ feeling: 'Joy', percent: 60 }, { feeling: 'Warmth', percent: 30 }, { feeling: 'Sadness', percent: 10 }], from: 48, to: 48 });
    expect(moodOf([{ atMs: 0, sums: sums(0, 0, 95, 5) }])!.strongest).toEqual([{ feeling: 'Suspense', percent: 95 }]);
    expect(moodOf([])).toBeNull();
    expect(moodOf([{ atMs: 0, sums: sums(0) }])).toBeNull();
  });

  it('are drawn from left to right and from the bottom up', () => {
    expect(path([[0, 0], [50, 1], [100, 0.5]], [0, 100], 200, 10)).toBe('M0 10L100 0L200 5');
    expect(path([[0, 0], [100, 2]], [0, 100], 200, 10, true)).toBe('M0 10L200 0L200 10L0 10z');
    expect(path([[0, 0]], [0, 100], 200, 10)).toBe('');
    expect(wave([{ atMs: 7, sums: sums(0) }, { atMs: 9, sums: sums(1) }])).toEqual([[9, 0.6]]);
    expect(aim(timeline(show()))).toHaveLength(6);
  });
});

describe('addresses', () => {
  const { session } = show();

  it('name a session and perhaps a line, and nothing else', () => {
    expect(place(`#${session}`)).toEqual({ session, line: null });
    expect(place(addressOf(session, [1, 1]))).toEqual({ session, line: [1, 1] });
    for (const bad of ['', '#', '#xyz', `#${session};line=`, `#${session};line=1`, `#${session};line=-1.2`, `#${session}<`]) expect(place(bad)).toBeNull();
  });

  it('find their line in the show, or no line', () => {
    expect(timeOf(timeline(show()), [1, 1])).toBe(15_000);
    expect(timeOf(timeline(show()), [1, 9])).toBeNull();
    expect(timeOf(timeline(show()), [9, 0])).toBeNull();
  });

  it('lead to files', () => {
    expect(fileOf(session, 'json', [])).toBe(`/api/sessions/${session}/recording.json`);
    expect(fileOf(session, 'srt', ['zh', 'en'])).toBe(`/api/sessions/${session}/recording.srt?language=zh,en`);
  });
});

describe('how it ended', () => {
  it('is told from an end that was cut', () => {
    expect(ending(show())).toEqual({ told: true, landed: false, stoppedMs: null });
    const cut = show();
    expect(ending({ ...cut, beats: cut.beats.slice(0, 1), actions: [{ action: 'End', atMs: 9000 }] })).toEqual({ told: false, landed: false, stoppedMs: 9000 });
  });

  it('is told from a landing, unless that was taken back', () => {
    const landed = { ...show(), actions: [{ action: 'EndWell', atMs: 4000 }] } as const;
    expect(ending(landed)).toEqual({ told: true, landed: true, stoppedMs: null });
    expect(ending({ ...landed, actions: [...landed.actions, { action: 'CarryOn', atMs: 5000 }] }).landed).toBe(false);
  });
});
