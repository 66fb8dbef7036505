/** A script as the director's page reads it. Development only. */
const plan = (beat, option, extra = {}) => ({
  beat, option, function: 'Complication', tension: 0.64, seconds: 48, beatsLeft: 5, made: 100 + option,
  reason: { en: 'Because you told the harbour the truth, the harbour now asks more.', zh: '因为你们对港务局说了实话，港务局便追问起来。' }, ...extra,
});
const line = (speaker, en, zh, extra = {}) => ({ speaker, words: { en, zh }, ...extra });
const written = (storylet, lines, extra = {}) => ({
  writer: 'storylet', storylet, function: 'Complication', tension: 0.58, moment: { en: 'Night, rising wind', zh: '夜，风渐起' }, cast: ['mara', 'captain'], lines,
  question: { en: 'What does Mara do?', zh: '玛拉怎么做？' }, options: [{ label: { en: 'Break the seal on the hold', zh: '撕开货舱的封条' } }, { label: { en: 'Take the wheel from him', zh: '夺下舵轮' } }], ...extra,
});
const place = { en: 'Wheelhouse', zh: '驾驶室' };
const other = (storylet, en, zh) => ({ storylet, function: 'Reveal', tension: 0.5, place: { en: 'Radio room', zh: '电台室' }, words: { en, zh } });

export const script = (now, waits = false) => ({
  nowMs: now,
  present: {
    plan: plan(3, 0), place, approved: false, others: waits ? [other('radio-answers', 'The radio answers before she touches it.', '她还没碰电台，电台先应了声。')] : [],
    beat: written('wheelhouse-count', [
      line(null, 'The horn sounds twice. Nobody on the lower deck looks up.', '汽笛响了两声。下层甲板没有人抬头。'),
      line('mara', 'You told the harbour there were two hundred of us. I stopped counting at three.', '你对港务局说船上两百人。我数到三百就没再数了。'),
      line('captain', 'Then stop counting.', '那就别数了。', { byDirector: true }),
    ], { writer: 'qwen2.5-7b-instruct', writing: { endpoint: 'booth', model: 'qwen2.5-7b-instruct', prompt: 'beat-1.en', tokensIn: 3120, tokensOut: 412, tookMs: 6840, repaired: 'length' } }),
  },
  aired: waits ? 0 : 2,
  coming: [
    { plan: plan(4, 0, { function: 'Reveal' }), place: { en: 'Hold', zh: '货舱' }, approved: true, others: [other('radio-answers', 'The radio answers before she touches it.', '她还没碰电台，电台先应了声。')], beat: written('hold-opened', [line(null, 'The seal breaks with the sound of a struck match.', '封条断开，声如划火。'), line('mara', 'It is warm in here.', '里面是热的。')]) },
    { plan: plan(4, 1), place: null, approved: false, others: [], beat: null },
  ],
  facts: [
    { id: 'truth-told', statement: { en: 'The harbour knows how many are aboard.', zh: '港务局知道船上有多少人。' }, holds: true, pinned: true },
    { id: 'seal-broken', statement: { en: 'The seal of the hold is broken.', zh: '货舱的封条已断。' }, holds: false, pinned: false },
    { id: 'radio-dead', statement: { en: 'The radio is dead.', zh: '电台坏了。' }, holds: true, pinned: false },
  ],
  promises: [{ en: 'What is in the hold?', zh: '货舱里有什么？' }],
  steering: { pinned: ['truth-told'], forbidden: ['knife', '刀'], refused: [], tension: null },
  veto: { seconds: 8, otherwise: 'Replace' },
  waitsUntilMs: waits ? now + 7000 : 0,
  left: 81, storylets: 106,
  curve: [0.2, 0.35, 0.3, 0.58].map((told, beat) => ({ beat, wanted: 0.18 + 0.15 * beat, told, felt: beat < 3 ? 0.3 + 0.1 * beat : null })),
  cast: [{ id: 'mara', name: { en: 'Mara', zh: '玛拉' } }, { id: 'captain', name: { en: 'Captain Oduya', zh: '奥杜亚船长' } }],
});
