/** Moments that only the phone shows in a way of its own: practice, close calls, a lost wall, the last card. */

const practice = (now, extra = {}) => ({
  round: -1,
  state: 'Open',
  question: { en: 'The ferry is late. What do you do on the quay?', zh: '渡轮晚点了。你在码头上做什么？' },
  options: [
    { en: 'Feed the gulls my last chip', zh: '把最后一根薯条喂给海鸥' },
    { en: 'Ask the captain what is in the hold', zh: '去问船长货舱里装了什么' },
    { en: 'Sit on someone else\u2019s suitcase', zh: '坐到别人的行李箱上' },
  ],
  rule: 'Plurality',
  openedMs: now - 60_000,
  deadlineMs: now + 365 * 86_400_000,
  decision: null,
  ...extra,
});

const road = (place, moment, speaker, words) => ({ place, moment, speaker, words });
const roads = {
  1: [
    road({ en: 'Radio room', zh: '电台室' }, { en: 'Night', zh: '夜' }, { en: 'The harbour', zh: '港务局' }, { en: 'Lower Light, say that number again. Slowly.', zh: '低灯号，把那个数字再说一遍。慢一点。' }),
    null,
    road({ en: 'Lower deck', zh: '下层甲板' }, { en: 'Night, the radio still ringing', zh: '夜，电台还在响' }, null, { en: 'Three hundred people learn to sleep through a bell.', zh: '三百个人学会了在铃声里睡觉。' }),
  ],
  4: [
    road({ en: 'Open boat', zh: '小艇' }, { en: 'Before dawn', zh: '天亮前' }, { en: 'Captain Oduya', zh: '奥杜亚船长' }, { en: 'You came back. That was the one order I gave you not to obey.', zh: '你回来了。我一辈子只有这一道命令，是盼着你不听的。' }),
    null,
  ],
};
const sides = { 0: [['cellist'], ['brothers']], 1: [['mara'], ['captain'], []], 2: [['mara'], ['captain']], 3: [['mara'], ['mara'], ['mara', 'brothers'], ['captain']], 4: [['captain'], ['mara']] };

const epilogues = [
  {
    character: 'mara', name: { en: 'Mara', zh: '玛拉' },
    words: {
      en: 'I kept the whistle. It is on the hook by my door, next to the coat that never quite dried. When it rains sideways I blow it once, and think of whoever it was that never let me stop counting.',
      zh: '那只哨子我留着，挂在门边，旁边是那件怎么也晾不干的外套。雨横着打来的时候，我就吹一声，想着那个始终不让我停下来数人的人。',
    },
  },
  { character: 'captain', name: { en: 'Captain Oduya', zh: '奥杜亚船长' }, words: { en: 'You believed me longer than I did. The log has a page with nothing on it; that one is yours.', zh: '你信我，比我自己信得还久。航海日志里有一页什么也没写，那一页是你的。' } },
];

export function phoneScenes({ base, beat, round, decision, choices }) {
  const told = choices.map((choice) => ({ ...choice, for: sides[choice.round] ?? [], roads: roads[choice.round] ?? [] }));
  const then = { en: 'The hall held its breath: the storm comes early.', zh: '全场屏住了呼吸：风暴提前来了。' };
  return {
    'lobby-practice': (now, terms) => ({ ...base(now, terms), phase: 'Lobby', seated: 142, present: 139, endsAtMs: null, round: practice(now) }),
    'practice-decided': (now, terms) => ({
      ...base(now, terms),
      round: practice(now, { state: 'Decided', deadlineMs: now, decision: decision(now, {
        winner: 0, counts: [61, 40, 22], voters: 123, reason: { en: 'Sixty-one of a hundred and twenty-three chose the gulls.', zh: '一百二十三人中有六十一人选了海鸥。' },
      }) }),
    }),
    'decided-close': (now, terms) => ({
      ...base(now, terms), beat: beat(4), choices: told.slice(0, 3),
      round: round(now, { state: 'Decided', deadlineMs: now - 900, options: round(now).options.slice(1, 3), decision: decision(now, {
        winner: 1, counts: [84, 86], voters: 170, reason: { en: 'Eighty-six of a hundred and seventy chose to wake the lower deck.', zh: '一百七十人中有八十六人选择叫醒下层甲板。' }, then,
      }) }),
    }),
    'wall-lost': (now, terms) => ({ ...base(now, terms), beat: beat(3), wallLost: true }),
    'ended-mine': (now, terms) => ({ ...base(now, terms), phase: 'Ended', endsAtMs: now - 1000, choices: told, epilogues }),
  };
}
