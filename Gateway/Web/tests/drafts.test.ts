import { describe, expect, it } from 'vitest';
import { chapters, nextOpen, place, textOfFile, wordsOf, type Part } from '../src/drafts/drafts';
import { filmOf, gist } from '../src/drafts/film';
import { below, fields, line, said, textOf, withIds, withNames, written } from '../src/drafts/part';
import { read, rewrite, type Scalar } from '../src/drafts/yaml';

const scene = `- id: opening
  function: setup
  opening: true
  acts: [arrival]
  tension: 0.2
  place: ship
  moment: {en: "Evening, \\"late\\"", zh: "傍晚"}
  cast: [detective, sister]
  opens: [question]
  lines:
    en: |
      It begins with the letter.
      sister｜You look: like somebody.
      [if told] detective｜I know.
    zh: |
      事情从那封信开始。
      sister｜看你的样子。
      [if told] detective｜我知道。
  question: {en: "What now?", zh: "怎么办？"}
  options:
    - label: {en: "Tell", zh: "说"}
      sets: [told]
    - label: {en: "Hide", zh: "藏"}
`;
const cast = [{ id: 'detective', name: { en: 'Mara', zh: '玛拉' } }, { id: 'sister', name: { en: 'Rosa', zh: '罗莎' } }];

describe('the text of a part', () => {
  it('is read as the scaffold writes it', () => {
    const node = read(scene);
    const one = node?.kind === 'list' ? node.items[0]! : null;
    expect(said(below(one, 'function'))).toBe('setup');
    expect(textOf(below(one, 'moment'), ['en', 'zh'])).toEqual({ en: 'Evening, "late"', zh: '傍晚' });
    expect(said(below(one, 'lines', 'en')).split('\n')).toEqual(['It begins with the letter.', 'sister｜You look: like somebody.', '[if told] detective｜I know.']);
    const options = below(one, 'options');
    expect(options?.kind === 'list' && options.items.map((option) => said(below(option, 'label', 'en')))).toEqual(['Tell', 'Hide']);
  });

  it.each([
    ['a: [1, two, "three, four"]', ['1', 'two', 'three, four']],
    ["a:\n  - 'it''s'\n  - plain words # a comment\n  - \"\\u96fe\"", ["it's", 'plain words', '雾']],
    ['# comment\na:\n- x\n- y\n', ['x', 'y']],
  ])('is read as people write it: %s', (content, expected) => {
    const list = below(read(content), 'a');
    expect(list?.kind === 'list' && list.items.map(said)).toEqual(expected);
  });

  it.each(['', 'just words', 'a: &x 1', 'a: *x', 'a: >\n  folded', 'a: {b: 1', 'a: "open', 'a: 1\na: 2', 'a: 1\n  b: 2', '- a: 1\n    b: 2\n  c: 3', '\ta: 1', 'a: [1 2', 'a: "\\q"', 'a:\n  b\nc: 1', 'a: "x" y'])('is not guessed at where it is written otherwise: %j', (content) => expect(read(content)).toBeNull());

  it('changes in the wordings that were changed and nowhere else', () => {
    const all = fields(read(scene), ['en', 'zh']);
    expect(all.map(({ path, language }) => `${path.join('/')} ${language}`)).toEqual([
      'opening/moment en', 'opening/moment zh', 'opening/lines en', 'opening/lines zh', 'opening/question en', 'opening/question zh',
      'opening/options/1/label en', 'opening/options/1/label zh', 'opening/options/2/label en', 'opening/options/2/label zh',
    ]);
    expect(written(scene, all, new Map())).toBe(scene);
    const changed = written(scene, all, new Map([[1, '夜里 "深"\n了'], [3, '  一句。\n\nsister｜好。 '], [9, '瞒着']]));
    expect(changed).toBe(scene
      .replace('zh: "傍晚"', 'zh: "夜里 \\"深\\" 了"')
      .replace('      事情从那封信开始。\n      sister｜看你的样子。\n      [if told] detective｜我知道。', '      一句。\n      sister｜好。')
      .replace('zh: "藏"', 'zh: "瞒着"'));
    const again = read(changed);
    expect(textOf(below(again?.kind === 'list' ? again.items[0]! : null, 'moment'), ['zh'])).toEqual({ zh: '夜里 "深" 了' });
  });

  it('never lets words become keys', () => {
    for (const words of ['a: b', '- x', '# no', '"', '\\', "'", '{en: x}', '| y', '💡 雾']) {
      const content = 'title: {en: "x", zh: "y"}\n';
      const place = below(read(content), 'title', 'en') as Scalar;
      const changed = read(rewrite(content, new Map([[place, words]])));
      expect(textOf(below(changed, 'title'), ['en', 'zh'])).toEqual({ en: words, zh: 'y' });
    }
  });
});

describe('lines', () => {
  it('have a hinge, a speaker and words', () => {
    const known = ['sister'];
    expect(line('sister｜Now.', known)).toEqual({ when: '', speaker: 'sister', words: 'Now.' });
    expect(line('[if not told] sister|Now.', known)).toEqual({ when: '[if not told]', speaker: 'sister', words: 'Now.' });
    expect(line('note: this is narration', known)).toEqual({ when: '', speaker: '', words: 'note: this is narration' });
    expect(line('nobody｜Now.', known)).toEqual({ when: '', speaker: 'nobody', words: 'Now.' });
  });

  it('are written with names and kept with ids, there and back', () => {
    const kept = 'It begins: now.\nsister｜You look: like it.\n[if told] detective｜I know.';
    expect(withNames(kept, cast, 'en')).toBe('It begins: now.\nRosa: You look: like it.\n[if told] Mara: I know.');
    expect(withIds(withNames(kept, cast, 'en'), cast, 'en')).toBe(kept);
    const zh = '事情开始了。\nsister｜看。\n[if told] detective｜我知道。';
    expect(withNames(zh, cast, 'zh')).toBe('事情开始了。\n罗莎：看。\n[if told] 玛拉：我知道。');
    expect(withIds(withNames(zh, cast, 'zh'), cast, 'zh')).toBe(zh);
    expect(withIds('sister: by id\n玛拉：in English lines\nBert: unknown\n\n', cast, 'en')).toBe('sister｜by id\ndetective｜in English lines\nBert: unknown');
  });
});

const part = (id: string, state: Part['state'], file = '', content = 'x: 1'): Part => ({ id, kind: file ? 'Storylet' : 'Head', state, alternatives: [{ content, by: 'scaffold', note: null }], chosen: 0, file, mark: id });

describe('the parts', () => {
  const parts = [part('head', 'Accepted'), part('opening', 'Proposed', '1-arrival', scene), part('trap', 'Accepted', '2-pressure'), part('end', 'Open', '4-endings')];

  it('stand in chapters, and the next is the next that waits, round the end', () => {
    expect(chapters(parts).map(({ key, parts }) => [key, parts.map(({ id }) => id)])).toEqual([['film', ['head']], [1, ['opening']], [2, ['trap']], ['endings', ['end']]]);
    expect(nextOpen(parts, 'head')?.id).toBe('opening');
    expect(nextOpen(parts, 'opening')?.id).toBe('end');
    expect(nextOpen(parts, 'end')?.id).toBe('opening');
    expect(nextOpen([parts[0]!], 'head')).toBeNull();
    expect(nextOpen([parts[1]!], 'opening')).toBeNull();
  });

  it('say the same film after a yes and another after another wording', () => {
    const of = (...parts: readonly Part[]) => wordsOf({ parts } as never);
    const one = part('opening', 'Proposed', '1-arrival', 'x: 1');
    expect(of(one)).toBe(of({ ...one, state: 'Accepted', mark: 'other' }));
    expect(of(one)).not.toBe(of({ ...one, alternatives: [...one.alternatives, { content: 'x: 2', by: 'hand', note: null }], chosen: 1 }));
  });

  it('are called by the question they lead to', () => {
    expect(gist(parts[1]!, ['en', 'zh'])).toEqual({ en: 'What now?', zh: '怎么办？' });
    expect(gist(parts[2]!, ['en', 'zh'])).toBeNull();
  });

  it('are called by how they begin where they lead to no question', () => {
    const ending = part('end', 'Open', '4-endings', '- id: end\n  moment: {en: "Dawn"}\n  lines:\n    en: |\n      [if told] sister｜It is only paper.\n      More.\n');
    expect(gist(ending, ['en'])).toEqual({ en: 'It is only paper.' });
  });

  it('declare who is in it', () => {
    const draft = { languages: ['en'], parts: [part('cast', 'Proposed', '', 'cast:\n  - id: a\n    name: {en: "Ann"}\n  - id: b\n')] } as never;
    expect(filmOf(draft).cast).toEqual([{ id: 'a', name: { en: 'Ann' } }, { id: 'b', name: { en: 'b' } }]);
    expect(filmOf(draft).facts).toEqual([]);
  });
});

it.each([
  ['#the-last-letter', 'the-last-letter', ''], ['#a/opening', 'a', 'opening'], ['', '', ''], ['#', '', ''], ['#../x', '', ''], ['#A', '', ''],
])('the address %s points at a draft and a part', (fragment, slug, at) => expect(place(fragment)).toEqual({ slug, part: at }));

describe('a file that is brought along', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  it('is read in the encodings that screenplays come in', () => {
    expect(textOfFile(bytes('INT. 码头 - NIGHT'))).toBe('INT. 码头 - NIGHT');
    expect(textOfFile(bytes('\ufeffTitle: x'))).toBe('Title: x');
    expect(textOfFile(new Uint8Array([0xc4, 0xda, 0xbe, 0xb0, 0x20, 0xc2, 0xeb, 0xcd, 0xb7]))).toBe('内景 码头');
    expect(textOfFile(new Uint8Array([0xff, 0xfe, 0x41, 0x00, 0x0a, 0x00]))).toBe('A\n');
  });

  it.each([[[0x50, 0x4b, 3, 4]], [[0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]], [[1, 2, 0, 4]], [[...'<?xml version="1.0"?><FinalDraft/>'].map((letter) => letter.charCodeAt(0))], [[0xff, 0xff, 0xff]]])('is refused where it is no text', (some) => expect(textOfFile(new Uint8Array(some))).toBeNull());
});
