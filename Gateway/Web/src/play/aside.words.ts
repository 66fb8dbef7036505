/** What a phone says about what is told beside the story. */
const en = {
  label: 'Beside the story',
  kinds: { Missed: 'What did I miss?', Scene: 'Describe the scene', Review: 'A review of tonight', Talk: '' },
  talk: 'Speak to somebody in the story. Nobody else reads it.',
  whom: 'To whom',
  hint: 'Say something',
  ask: 'Say it',
  wait: (name: string) => (name ? `${name} is thinking …` : 'One moment …'),
  byFilm: 'In the film’s own words',
  byModel: (model: string) => `Written just now by ${model}`,
};

export type AsideWords = typeof en;

const zh: AsideWords = {
  label: '故事之外',
  kinds: { Missed: '我错过了什么？', Scene: '描述现在的场面', Review: '今晚的影评', Talk: '' },
  talk: '对故事里的人说句话，别人看不到。',
  whom: '对谁说',
  hint: '说点什么',
  ask: '说',
  wait: (name) => (name ? `${name}在想怎么说……` : '请稍等……'),
  byFilm: '电影自己的话',
  byModel: (model) => `由 ${model} 刚刚写成`,
};

export const asideWords: Readonly<Record<'en' | 'zh', AsideWords>> = { en, zh };
