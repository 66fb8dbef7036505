/** Drafts to look at their page with, and a cardboard desk that changes them. Development only; no part of the build. */
const refuse = (code, en, zh) => ({ code, sentence: { en, zh } });

const head = `schema: 1
slug: the-last-letter
languages: [en, zh]
title: {en: "The Last Letter", zh: "最后一封信"}
logline:
  en: "Mara finds a letter on the last ferry. It is addressed to the captain. By morning one of them will have read it."
  zh: "那封信，四个人，还有从钱庄关门那天欠到今天的一笔账。"
rating: "PG"
warmup:
  question: {en: "Who did it?", zh: "是谁干的？"}
  options:
    - {en: "The quiet one", zh: "话少的那个"}
    - {en: "The helpful one", zh: "热心的那个"}
    - {en: "The one who found it", zh: "发现的那个"}
`;
const cast = `cast:
  - id: detective
    name: {en: "Mara", zh: "玛拉"}
    want:
      en: "To close one case properly before the badge has to be handed in."
      zh: "想在交回证件之前，把一个案子办得干干净净。"
    fear:
      en: "That the first suspect was the right one all along."
      zh: "怕一开始怀疑的那个人，从头到尾就是对的。"
    voice:
      en: "Dry. Asks the second question first."
      zh: "干脆，总先问第二个问题。"
  - id: sister
    name: {en: "Rosa", zh: "罗莎"}
    want:
      en: "To know what happened, however ugly."
      zh: "再难看也要知道当时出了什么事。"
    fear:
      en: "Being protected again."
      zh: "怕再被人护着瞒着。"
    voice:
      en: "Fast, blunt, funny when frightened."
      zh: "说话快，直，害怕时反而好笑。"
`;
const places = `places:
  - id: ship
    name: {en: "The ship", zh: "船上"}
    palette: {background: "#0d1512", text: "#e8f2ec", accent: "#7fcf9f"}
    sound: {en: "A gate, a dog two streets away.", zh: "铁门，两条街外的狗叫。"}
    type: sans
  - id: archive
    name: {en: "The archive", zh: "档案室"}
    palette: {background: "#17120c", text: "#f3eadb", accent: "#c98f4a"}
    sound: {en: "Paper that has not been touched for years.", zh: "多年没人动过的纸。"}
    type: mono
`;
const canon = `promises:
  - id: question
    statement: {en: "What is the letter worth, and to whom?", zh: "那封信到底值什么，又是对谁而言？"}
facts:
  - id: told
    statement: {en: "Mara told Rosa the truth about the letter.", zh: "玛拉把那封信的实情告诉了罗莎。"}
  - id: hidden
    statement: {en: "Mara kept the letter from Rosa.", zh: "玛拉瞒着罗莎，把那封信收了起来。"}
`;
const acts = `acts:
  - id: arrival
    name: {en: "Arrival", zh: "来人"}
    share: 0.4
    tension: {from: 0.15, to: 0.45}
  - id: reckoning
    name: {en: "Reckoning", zh: "清算"}
    share: 0.6
    tension: {from: 0.4, to: 0.95}
`;
const scene = (id, more, first, zh, question, asks) => `- id: ${id}
${more}  moment: {en: "Evening", zh: "傍晚"}
  cast: [detective, sister]
  lines:
    en: |
      ${first}
      The hotel clock shows three different times, and all three have witnesses.
      sister｜You look like somebody who has found something.
      detective｜I look like somebody who was about to go home.
      [if told] sister｜Tell me the ugly version. I've had the other one.
      Behind Mara's back lies the letter. It seems to weigh more than it did a minute ago.
    zh: |
      ${zh}
      旅馆的钟指着三个不同的时间，每个时间都有人作证。
      sister｜看你的样子，像是捡到了什么。
      detective｜我这样子，是正要回家。
      [if told] sister｜把难看的那版说给我听。好看的那版，我听够了。
      那封信就在玛拉背后，好像比一分钟前又沉了些。
${question ? `  question: {en: "${question}", zh: "${asks}"}
  options:
    - label: {en: "Tell Rosa everything", zh: "对罗莎全说出来"}
      sets: [told]
      for: [sister]
    - label: {en: "Hide it and say nothing", zh: "藏起来，什么也不说"}
      sets: [hidden]
` : ''}`;
const opening = scene('opening', '  function: setup\n  opening: true\n  acts: [arrival]\n  tension: 0.2\n  place: ship\n', 'Mara finds a letter on the last ferry.', '事情从那封信开始，还有一扇谁也没上锁的门。', 'What does Mara do with the letter?', '那封信，玛拉怎么办？');
const claim = scene('claim', '  function: complication\n  acts: [arrival]\n  tension: 0.36\n  place: archive\n  needs: [hidden]\n', 'Rosa shuts the door with one foot, politely.', '罗莎客客气气，用脚把门带上。', 'Does Rosa get her answer?', '罗莎要的回答，给不给？');
const trap = scene('trap', '  function: climax\n  acts: [reckoning]\n  tension: 0.9\n  place: ship\n', 'The engine stops, and everybody hears it.', '机器停了，人人都听见了。', 'Who reads it?', '信由谁来读？');
const ending = scene('end-open', '  function: resolution\n  acts: [reckoning]\n  tension: 0.3\n  place: ship\n  pays: [question]\n', 'By morning the letter is only paper.', '天亮时，信不过是一张纸。');

let marks = 0;
const part = (id, kind, file, state, ...alternatives) => ({ id, kind, state, alternatives: alternatives.map((one) => (typeof one === 'string' ? { content: one, by: 'scaffold', note: null } : { note: null, ...one })), chosen: alternatives.length - 1, beat: -1, file, mark: `m${++marks}` });

const parts = () => [
  part('head', 'Head', '', 'Accepted', head),
  part('cast', 'Cast', '', 'Accepted', cast, { content: cast.replace('Dry.', 'Dry as chalk.'), by: 'hand' }),
  part('places', 'Places', '', 'Accepted', places), part('canon', 'Canon', '', 'Proposed', canon), part('acts', 'Acts', '', 'Proposed', acts),
  part('opening', 'Storylet', '1-arrival', 'Proposed', opening, { content: opening.replace('Evening', 'Before dawn').replace('傍晚', '天亮以前'), by: 'qwen3 (draft-1.en)' }),
  part('claim', 'Storylet', '1-arrival', 'Proposed', { content: claim, by: 'scaffold', note: { en: 'qwen3 could not write this part (no answer in time); it is the scaffold\u2019s.', zh: 'qwen3 没能写出这一部分（no answer in time），这里用的是脚手架的词句。' } }),
  part('trap', 'Storylet', '2-reckoning', 'Proposed', trap), part('end-open', 'Storylet', '3-endings', 'Proposed', ending),
];

const advice = [
  { kind: 'Alike', must: true, part: 'claim', what: { en: 'opening and claim say nearly the same (en): The hotel clock shows three different times', zh: 'opening 和 claim 有近乎一样的话（zh）：旅馆的钟指着三个不同的时间' }, mend: { en: 'Keep one of the two.', zh: '请只留一处。' } },
  { kind: 'FlatAct', must: true, part: 'acts', what: { en: 'the act reckoning is flat: all of its storylets are between 0.90 and 0.90 tense', zh: 'reckoning 这一幕太平：片段张力都在 0.90 到 0.90 之间' }, mend: { en: 'Write one scene in it to breathe and one that tightens.', zh: '请在这一幕写一场松的、一场紧的。' } },
  { kind: 'NeverTold', must: false, part: 'trap', what: { en: 'none of 200 audiences saw trap', zh: '200 群观众没有一群看到 trap' }, mend: { en: 'Let more options set what it needs, or let it need less.', zh: '请让更多选项设定它需要的事实，或少要几个条件。' } },
  { kind: 'Scaffold', must: false, part: null, what: { en: '4 of 4 storylets are still the scaffold\u2019s words', zh: '4 个片段里有 4 个还是脚手架的词句' }, mend: { en: 'Rewrite them in your own; the opening and the endings first.', zh: '请换成自己的话，先从开场和结局开始。' } },
];

/** The desk as it was; `whole` has every part accepted and nothing that must be mended. */
export function draftDesk(kind = 'begun') {
  const now = Date.now();
  const all = parts().map((one) => (kind === 'whole' || kind === 'shelved' ? { ...one, state: 'Accepted' } : one));
  const row = (slug, en, zh, accepted, count, ago) => ({ slug, title: en && { en, zh }, genre: 'mystery', languages: ['en', 'zh'], parts: count, accepted, changedMs: now - ago });
  return {
    kind, model: null, slow: 0, moved: false,
    rows: kind === 'empty' ? [] : [row('the-last-letter', 'The Last Letter', '最后一封信', all.filter(({ state }) => state === 'Accepted').length, all.length, 240_000), row('pier', 'The Pier', '码头', 34, 34, 9e7), row('broken-one', null, null, 0, 0, 3e8)],
    draft: {
      slug: 'the-last-letter', genre: 'mystery', title: { en: 'The Last Letter', zh: '最后一封信' }, languages: ['en', 'zh'], mark: `d${++marks}`, inHouse: kind === 'shelved' ? 'Same' : 'No', parts: all,
      notes: [{ en: 'This is a scaffold: its shape can be told in a hall, its words are there to be replaced. Begin with what is yours: the opening and the endings.', zh: '这只是脚手架：骨架可以在影院里讲，词句等着您来换。先写最像您自己的：开场和结局。' }],
    },
  };
}

const genres = [
  { id: 'mystery', name: { en: 'Mystery', zh: '悬疑' } }, { id: 'romance', name: { en: 'Romance', zh: '爱情' } },
  { id: 'science-fiction', name: { en: 'Science fiction', zh: '科幻' } }, { id: 'ghost-story', name: { en: 'Ghost story', zh: '鬼故事' } },
];

/** The routes; `state.drafts` is the desk. */
export function draftRoutes(state) {
  const desk = () => state.drafts;
  const inside = (answer) => (...args) => (state.signedIn ? answer(...args) : [401, refuse('sign-in', 'Sign in first.', '请先登录。')]);
  const put = (next) => {
    desk().draft = { ...desk().draft, mark: `d${++marks}`, parts: desk().draft.parts.map((one) => (one.id === next.id ? { ...next, mark: `m${++marks}` } : one)) };
    return [200, desk().draft];
  };
  const act = (id) => inside((wish) => {
    const one = desk().draft.parts.find((part) => part.id === id);
    if (desk().moved) {
      desk().moved = false;
      put({ ...one, alternatives: [...one.alternatives, { content: one.alternatives.at(-1).content.replace('Mara finds', 'Somebody loses'), by: 'hand', note: null }], chosen: one.alternatives.length });
      return [409, refuse('changed-meanwhile', 'This was changed in another window meanwhile, and nothing was done. Look at what is there now, then decide again.', '这里刚在另一个窗口改过，所以什么也没做。请看看现在的内容，再决定一次。')];
    }
    if (wish.action === 'all') {
      desk().draft = { ...desk().draft, mark: `d${++marks}`, parts: desk().draft.parts.map((part) => ({ ...part, state: 'Accepted', mark: `m${++marks}` })) };
      return [200, desk().draft];
    }
    if (wish.action === 'another') return id === 'head' ? [409, refuse('no-other', 'There is no other wording for this part. Write your own, or ask a model.', '这一部分没有别的写法了。请自己改写，或请模型来写。')] : put({ ...one, state: one.state, alternatives: [...one.alternatives, { ...one.alternatives.at(-1), by: desk().model ?? 'scaffold' }], chosen: one.state === 'Accepted' ? one.chosen : one.alternatives.length });
    if (wish.action === 'choose') return put({ ...one, chosen: wish.alternative, state: 'Proposed' });
    if (wish.action === 'replace') return put({ ...one, state: 'Accepted', alternatives: [...one.alternatives, { content: wish.content, by: 'hand', note: null }], chosen: one.alternatives.length });
    if (wish.action === 'reject') return put({ ...one, alternatives: one.alternatives.slice(0, -1), chosen: one.alternatives.length - 2 });
    return put({ ...one, state: 'Accepted' });
  });
  return {
    'GET /api/drafts': inside(() => [200, { drafts: desk().rows, genres, model: desk().model, most: 100 }]),
    'POST /api/drafts': inside((wish) => (wish.text ? [400, refuse('empty-source', 'There is no scene and no paragraph in what was brought along.', '导入的文字里没有场景，也没有段落。')] : [200, desk().draft])),
    'GET /api/drafts/the-last-letter': inside(() => [200, desk().draft]),
    'GET /api/drafts/nobody': inside(() => [404, refuse('no-draft', 'There is no such draft.', '没有这份草稿。')]),
    'DELETE /api/drafts/the-last-letter': inside(() => ((desk().rows = desk().rows.filter(({ slug }) => slug !== 'the-last-letter')), [204])),
    'GET /api/drafts/the-last-letter/advice': inside(() => {
      const ready = desk().kind !== 'begun';
      return [200, { isFilm: true, isReady: ready, shows: 200, shortestMinutes: 3, longestMinutes: 7, endings: [{ id: 'end-open', share: 0.86 }], advice: advice.filter(({ must }) => !ready || !must), mark: desk().draft.mark }];
    }),
    'POST /api/drafts/the-last-letter/film': inside(() => (desk().kind === 'taken' ? [409, refuse('film-exists', 'There is a film the-last-letter in the house already; nothing is written over.', '片库里已经有影片 the-last-letter，不会覆盖。')] : ((desk().draft = { ...desk().draft, inHouse: 'Same' }), [204]))),
    ...Object.fromEntries(parts().map(({ id }) => [`POST /api/drafts/the-last-letter/parts/${id}`, act(id)])),
  };
}
