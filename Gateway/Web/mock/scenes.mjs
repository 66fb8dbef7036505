/** Moments of one show, to look at pages with and to test them against. Development only; no part of the build. */

import { phoneScenes } from './phone-scenes.mjs';
import { remarkScenes } from './remark-scenes.mjs';
import { turnScenes } from './turn-scenes.mjs';

export const sessionId = '0197a2c4d5e67f8091a2b3c4d5e6f708';
const hash = 'a3'.repeat(32);

export const film = {
  film: { slug: 'last-ferry', hash },
  title: { en: 'The Last Ferry', zh: '末班渡轮' },
  logline: {
    en: 'A storm, an overfull night boat, and a captain who will not say what is in the hold.',
    zh: '风暴将至，夜航的渡轮超载，船长不肯说货舱里装了什么。',
  },
  rating: '12',
  languages: ['en', 'zh'],
  shortestMinutes: 8,
  longestMinutes: 40,
};

const line = (n, speaker, en, zh) => ({ n, speaker, words: { en, zh }, atMs: 0, forMs: 6000 });
const mara = { en: 'Mara', zh: '玛拉' };
const captain = { en: 'Captain Oduya', zh: '奥杜亚船长' };

const lines = [
  line(0, null, 'The horn sounds twice. Nobody on the lower deck looks up.', '汽笛响了两声。下层甲板没有人抬头。'),
  line(1, mara, 'You told the harbour there were two hundred of us. I stopped counting at three.', '你对港务局说船上两百人。我数到三百就没再数了。'),
  line(2, captain, 'Then stop counting.', '那就别数了。'),
  line(
    3,
    null,
    'Behind him, in the glass of the wheelhouse, the lights of the mainland go out one street at a time, and the rain that was a rumour all evening arrives at last, sideways, with the weight of somebody leaning on the door now.',
    '在他身后，驾驶室的玻璃里，大陆的灯火一条街一条街地熄灭；整晚只是传闻的雨终于到了，横着打过来，像有人把整个身子压在门上，谁也没有去开门，谁也没有说话，只听见水声一层一层漫上甲板。',
  ),
];

const beat = (upTo, extra = {}) => ({
  ordinal: 3,
  act: { en: 'Open Water', zh: '离岸' },
  place: { en: 'Wheelhouse, Lower Light', zh: '“低灯号”驾驶室' },
  palette: ['#0c1418', '#e9e4d6', '#d9a860'],
  moment: { en: 'Night, rising wind', zh: '夜，风渐起' },
  tension: 0.62,
  writer: 'storylet',
  lines: lines.slice(0, upTo),
  lineCount: 4,
  ends: false,
  placeId: 'wheelhouse',
  type: 'Serif',
  ambience: ['Wind', 'Sea', 'Engine'],
  still: null,
  audio: null,
  reason: null,
  ...extra,
});

const four = [
  { en: 'Break the seal on the hold and see for yourself', zh: '撕开货舱的封条，亲眼去看' },
  { en: 'Take the wheel from him', zh: '夺下舵轮' },
  { en: 'Wake the lower deck and hand out every jacket there is', zh: '叫醒下层甲板，把救生衣全部发下去' },
  { en: 'Say nothing, and wait for the light', zh: '什么也不说，等灯塔亮起' },
];

const question = { en: 'What does Mara do before the storm reaches them?', zh: '风暴赶上之前，玛拉怎么做？' };

const round = (now, extra = {}) => ({
  round: 3,
  state: 'Open',
  question,
  options: four,
  rule: 'Plurality',
  openedMs: now - 6000,
  deadlineMs: now + 14_000,
  decision: null,
  ...extra,
});

const decision = (now, extra = {}) => ({
  winner: 2,
  counts: [31, 48, 72, 19],
  voters: 170,
  tied: [],
  reason: { en: 'Seventy-two of a hundred and seventy chose to wake the lower deck.', zh: '一百七十人中有七十二人选择叫醒下层甲板。' },
  cardEndsMs: now + 4000,
  abstained: 0,
  protected: null,
  runoff: [],
  then: null,
  ...extra,
});

const choices = [
  {
    round: 0,
    question: { en: 'The gangway is full. Who comes aboard?', zh: '跳板已满。让谁上船？' },
    options: [{ en: 'The woman with the cello', zh: '带大提琴的女人' }, { en: 'The two brothers', zh: '两兄弟' }],
    winner: 0, counts: [96, 61], voters: 157, abstained: 0, for: [], roads: [],
  },
  {
    round: 1,
    question: { en: 'The radio asks for a head count.', zh: '电台要求报人数。' },
    options: [{ en: 'Tell the truth', zh: '说实话' }, { en: 'Say two hundred', zh: '说两百' }, { en: 'Let it ring', zh: '任它响着' }],
    winner: 1, counts: [55, 68, 41], voters: 164, abstained: 0, for: [], roads: [],
  },
  {
    round: 2,
    question: { en: 'Someone is knocking, from inside the hold.', zh: '有人在敲，从货舱里面。' },
    options: [{ en: 'Knock back', zh: '敲回去' }, { en: 'Walk away', zh: '走开' }],
    winner: 0, counts: [140, 27], voters: 167, abstained: 0, for: [], roads: [],
  },
  { round: 3, question, options: four, winner: 2, counts: [31, 48, 72, 19], voters: 170, abstained: 0 },
  {
    round: 4,
    question: { en: 'One boat is still afloat. Where does it go?', zh: '只剩一条艇浮着。划向哪里？' },
    options: [{ en: 'Back, for the captain', zh: '回头，去接船长' }, { en: 'Towards the light', zh: '向着灯光' }],
    winner: 1, counts: [83, 85], voters: 168, abstained: 0, for: [], roads: [],
  },
].map((choice) => ({ for: [], roads: [], ...choice }));

const base = (now, terms = {}) => ({
  seq: 0,
  session: sessionId,
  phase: 'Playing',
  nowMs: now,
  film,
  terms: {
    language: 'en', wallLanguages: ['en', 'zh'], capacity: 240, rule: 'Plurality', windowSeconds: 20, cardSeconds: 4,
    runningSeconds: 1200, joinCode: 'K7MX4P', hideTally: false, protection: 0, entry: 'JoinCode', ...terms,
  },
  seated: 187,
  present: 181,
  endsAtMs: now + 754_000,
  beat: null,
  round: null,
  choices: [],
  wallLost: false, landing: false, dark: false, notice: null, remark: null, remarksOn: false, feelingsOff: false,
  epilogues: [],
});

/** Name → what the session shows at `now`. */
export const scenes = {
  scheduled: (now, terms) => ({ ...base(now, terms), phase: 'Scheduled', seated: 0, present: 0, endsAtMs: null }),
  lobby: (now, terms) => ({ ...base(now, terms), phase: 'Lobby', seated: 142, present: 139, endsAtMs: null }),
  opening: (now, terms) => base(now, terms),
  'beat-start': (now, terms) => ({ ...base(now, terms), beat: beat(0) }),
  beat: (now, terms) => ({ ...base(now, terms), beat: beat(3) }),
  'beat-mono': (now, terms) => ({ ...base(now, terms), beat: beat(2, { type: 'Mono' }) }),
  'beat-hand': (now, terms) => ({ ...base(now, terms), beat: beat(3, { type: 'Hand', tension: 0.2 }) }),
  'beat-poster': (now, terms) => ({ ...base(now, terms), beat: beat(1, { type: 'Poster', tension: 0.95, palette: ['#190d0b', '#f8e9e2', '#ef6a43'] }) }),
  'beat-long': (now, terms) => ({ ...base(now, terms), beat: beat(4) }),
  steered: (now, terms) => ({ ...base(now, terms), beat: beat(3), landing: true, notice: 'A silver Škoda, AB 123, is blocking the ambulance. 挡住救护车的银色轿车，请车主移车。' }),
  dark: (now, terms) => ({ ...base(now, terms), beat: beat(3), dark: true }),
  round: (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, terms?.rule ? { rule: terms.rule } : {}) }),
  'round-two': (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, { options: four.slice(1, 3) }) }),
  sealed: (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, { state: 'Sealed', deadlineMs: now - 500 }) }),
  decided: (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, { state: 'Decided', deadlineMs: now - 900, decision: decision(now) }) }),
  overruled: (now, terms) => ({
    ...base(now, terms), beat: beat(4),
    round: round(now, { state: 'Decided', deadlineMs: now - 900, decision: decision(now, { overruled: { taken: 0, reason: 'The projector jammed during the vote. 投票时放映机卡住了。' } }) }),
  }),
  again: (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, { round: 4, again: 'The projector jammed during the vote. 投票时放映机卡住了。' }) }),
  tied: (now, terms) => ({
    ...base(now, terms), beat: beat(4),
    round: round(now, { state: 'Decided', deadlineMs: now - 900, decision: decision(now, {
      counts: [31, 72, 72, 19], tied: [1, 2], voters: 197, abstained: 3, reason: { en: 'A dead heat. The draw decided.', zh: '票数相同，由抽签决定。' },
    }) }),
  }),
  ranked: (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, { rule: 'Ranked' }) }),
  'ranked-decided': (now, terms) => ({
    ...base(now, terms), beat: beat(4),
    round: round(now, {
      rule: 'Ranked', state: 'Decided', deadlineMs: now - 900,
      decision: decision(now, {
        counts: [52, 48, 41, 19], voters: 172, abstained: 12, winner: 1,
        runoff: [{ counts: [52, 48, 41, 19], out: 3 }, { counts: [55, 53, 47, 0], out: 2 }, { counts: [61, 87, 0, 0], out: null }],
        reason: { en: 'After the next choices of those whose first was out: 87 of 148.', zh: '首选出局者改计下一选择后：148 票中得 87 票。' },
      }),
    }),
  }),
  'protected-decided': (now, terms) => ({
    ...base(now, { protection: 2, ...terms }), beat: beat(4),
    round: round(now, {
      state: 'Decided', deadlineMs: now - 900,
      decision: decision(now, {
        counts: [61, 48, 89, 22], voters: 174, abstained: 4, winner: 2, protected: { seats: 38, extra: 50, otherwise: 0 },
        reason: { en: 'Those who were outvoted before tipped it.', zh: '此前落败的观众扭转了结果。' },
      }),
    }),
  }),
  hidden: (now, terms) => ({ ...base(now, { hideTally: true, ...terms }), beat: beat(4), round: round(now) }),
  'hidden-two': (now, terms) => ({ ...base(now, { hideTally: true, protection: 1, ...terms }), beat: beat(4), round: round(now, { options: four.slice(1, 3) }) }),
  raised: (now, terms) => ({ ...base(now, { protection: 2, ...terms }), beat: beat(4), round: round(now) }),
  'lobby-cards': (now, terms) => ({ ...base(now, { entry: 'SeatCode', ...terms }), phase: 'Lobby', seated: 142, present: 139, endsAtMs: null }),
  paused: (now, terms) => ({ ...base(now, terms), phase: 'Paused', beat: beat(3) }),
  'paused-round': (now, terms) => ({ ...base(now, terms), phase: 'Paused', beat: beat(4), round: round(now) }),
  ended: (now, terms) => ({ ...base(now, terms), phase: 'Ended', endsAtMs: now - 1000, choices }),
  ...phoneScenes({ base, beat, round, decision, choices }),
  ...remarkScenes({ base, beat, round }),
  ...turnScenes({ base, beat, round, decision, four }),
};

/** The tally that goes with a stage, or null. */
export function tallyOf(stage) {
  if (!stage.round) return null;
  const open = [18, 41, 57, 9];
  if (stage.terms.hideTally && !stage.round.decision) return { seq: 0, round: stage.round.round, counts: [], voters: 125, feelings: null };
  const counts = stage.round.decision?.counts ?? open.slice(0, stage.round.options.length);
  return { seq: 0, round: stage.round.round, counts, voters: counts.reduce((sum, one) => sum + one, 0), feelings: { contributors: 44, sums: [3, 12, 61, 38, 7, 4, 15, 2] } };
}

/** What a late-comer reads. */
export const told = [
  {
    ordinal: 0, act: beat(0).act, place: { en: 'Gangway, Lower Light', zh: '“低灯号”跳板' }, moment: { en: 'Dusk', zh: '黄昏' },
    lines: lines.slice(0, 2).map(({ speaker, words }) => ({ speaker, words })), choice: choices[0],
  },
  {
    ordinal: 1, act: beat(0).act, place: { en: 'Radio room', zh: '电台室' }, moment: { en: 'Night', zh: '夜' },
    lines: lines.slice(1, 4).map(({ speaker, words }) => ({ speaker, words })), choice: choices[1],
  },
  {
    ordinal: 2, act: beat(0).act, place: { en: 'Hold', zh: '货舱' }, moment: { en: 'Night, rising wind', zh: '夜，风渐起' },
    lines: lines.map(({ speaker, words }) => ({ speaker, words })), choice: choices[2],
  },
  { ordinal: 3, act: beat(0).act, place: beat(0).place, moment: beat(0).moment, lines: lines.slice(0, 3).map(({ speaker, words }) => ({ speaker, words })), choice: null },
];

const letters = '34679ACDEFGHJKMNPQRTWXY';
const code = (at) => {
  let [text, left] = ['', (at + 1) * 2654435761];
  for (let i = 0; i < 10; i++) {
    text += letters[left % 23];
    left = Math.floor(left / 23) + (i + 1) * 7919 * (at + 3);
  }
  return `${text.slice(0, 5)}-${text.slice(5)}`;
};

/** The record of the show in the credits, made to fit their counts. */
export const record = {
  session: sessionId, title: film.title,
  rounds: choices.map((choice) => {
    const ballots = choice.counts.flatMap((count, option) => Array.from({ length: count }, (_, at) => ({ proof: code(choice.round * 10_000 + option * 1000 + at), choice: `${option}`, weight: 1 })));
    return {
      choice, rule: 'Plurality', ties: 'Draw', tieSeed: '42', ballots: ballots.sort((a, b) => (a.proof < b.proof ? -1 : 1)),
      book: choice.counts.map((count, option) => ({ choice: `${option}`, weight: 1, count })),
    };
  }),
};

/** What came of the votes of the recording: the hall was followed, then overruled; then nobody voted. */
const recorded = (choice, ordinal) => ordinal === 1
  ? { ...choice, overruled: { taken: (choice.winner + 1) % choice.options.length, reason: 'The projector jammed during the vote. 投票时放映机卡住了。' } }
  : ordinal === 2 ? { ...choice, counts: choice.counts.map(() => 0), voters: 0, abstained: 0 } : choice;

const model = { endpoint: 'booth', model: 'qwen2.5-7b-instruct', prompt: 'beat-1.en', tokensIn: 3120, tokensOut: 412, tookMs: 6840, repaired: 'repetition,length' };
/** The second beat is a model's with a director's line, the third a fallback; the rest is the film's own. */
const wrote = (ordinal) => ordinal === 1 ? { writer: model.model, storylet: null, writing: model } : ordinal === 2 ? { writer: 'storylet', fallback: 'Late' } : { writer: 'storylet' };
const byDirector = (ordinal, n) => ordinal === 1 && n === 1;

/** The same show as a recording: four beats, a vote behind each but the last, a pause, a landing, and feelings every five seconds. */
export const recording = {
  format: 2, session: sessionId, film, language: 'en', wallLanguages: ['en', 'zh'], startedMs: 1_768_680_000_000, lengthMs: 240_000, scheduledMs: 236_000,
  cast: lines.filter(({ speaker }) => speaker).map(({ speaker }) => ({ id: speaker.en, name: speaker })),
  acts: [{ id: 'first', name: told[0].act }],
  beats: told.map((one, ordinal) => ({
    ordinal, storylet: `beat-${ordinal}`, ...wrote(ordinal), function: ['Setup', 'Complication', 'Crisis', 'Resolution'][ordinal], act: 'first',
    place: one.place, moment: one.moment, palette: beat(0).palette, tension: 0.2 * (ordinal + 1), target: 0.25 * (ordinal + 1),
    reason: { en: 'The hall held its breath: the storm comes early.', zh: '全场屏住了呼吸，风暴提前来了。' },
    lines: one.lines.map(({ speaker, words }, n) => ({ speaker: speaker ? speaker.en : null, words, atMs: ordinal * 60_000 + 3000 + n * 6000, forMs: 5000, ...(byDirector(ordinal, n) ? { byDirector: true, writer: 'director' } : { writer: wrote(ordinal).writer }) })),
    vote: one.choice && {
      choice: recorded(one.choice, ordinal), rule: ordinal === 1 ? 'Approval' : 'Plurality', why: { en: 'Most of the hall wanted it so.', zh: '全场大多数人这样选。' },
      openedMs: ordinal * 60_000 + 44_000, decidedMs: ordinal * 60_000 + 55_000,
    },
  })),
  feelings: Array.from({ length: 40 }, (_, at) => ({ atMs: 5000 + at * 5000, sums: { contributors: 14, sums: [9 - (at % 5), 4, at % 11, at % 7, 1, 0, 3, 2] } })),
  actions: [{ action: 'Start', atMs: 0 }, { action: 'Pause', atMs: 70_000 }, { action: 'Resume', atMs: 74_000 }, { action: 'Tell', atMs: 76_000 }, { action: 'EndWell', atMs: 130_000 }],
};
