/** Moments with viewers' remarks. */

export const remarkStandings = ['Shown', 'Approved', 'Waiting'];

const own = '00000000-0000-7000-8000-000000000011';
const says = (now, words, id = '00000000-0000-7000-8000-000000000001') => ({ id, words, atMs: now - 500, untilMs: now + 600_000 });

/** Eighty characters, the widest a remark can be in either script. */
export const longest = {
  en: 'Do not open that hold, whatever is knocking in there: it has learned to count us',
  zh: '千万别打开那个货舱不管里面是谁在敲它已经学会数我们有多少人了而且我觉得船长早就知道从我们上船那一刻起他就没有打算让任何人在天亮以前走下这条船我说得对不对你们倒是说话呀别光看',
};

export function remarkScenes({ base, beat, round }) {
  return {
    'remark-lobby': (now, terms) => ({ ...base(now, terms), phase: 'Lobby', seated: 142, present: 139, endsAtMs: null, remarksOn: true, remark: says(now, '从厦门坐了两小时车来的，值了！') }),
    'remark-beat': (now, terms) => ({ ...base(now, terms), beat: beat(3), remarksOn: true, remark: says(now, 'He knew. He ALWAYS knew.') }),
    'remark-long': (now, terms) => ({ ...base(now, terms), beat: beat(4), remarksOn: true, remark: says(now, [...longest.zh].slice(0, 80).join('')) }),
    'remark-wide': (now, terms) => ({ ...base(now, terms), beat: beat(4, { type: 'Poster', palette: ['#190d0b', '#f8e9e2', '#ef6a43'] }), remarksOn: true, remark: says(now, longest.en) }),
    'remark-odd': (now, terms) => ({ ...base(now, terms), beat: beat(4), remarksOn: true, remark: says(now, `<b>x</b> \uFDFD\uFDFD שלום Z\u0335\u0335\u0335a ${'W'.repeat(40)} 😱😱`) }),
    'remark-own': (now, terms) => ({ ...base(now, terms), beat: beat(3), remarksOn: true, remark: { ...says(now, null, own) } }),
    'remark-quiet': (now, terms) => ({ ...base(now, terms), beat: beat(3), remarksOn: true }),
    'remark-round': (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now), remarksOn: true, remark: says(now, 'never over a vote') }),
    'no-feelings': (now, terms) => ({ ...base(now, terms), beat: beat(3), feelingsOff: true }),
  };
}

/** A queue as a director meets it: one on the wall, one on its way, and the rest as people write. */
export function heldRemarks(now) {
  const all = [
    ['Shown', 12, 'He knew. He ALWAYS knew.', 41], ['Approved', 88, '别信他，船长在说谎', 33], ['Waiting', 7, 'Somebody PLEASE knock back', 29],
    ['Waiting', 131, '我赌五块钱货舱里是那把大提琴', 22], ['Waiting', 41, [...longest.zh].slice(0, 80).join(''), 17], ['Waiting', 23, '<script>alert("hi")</script> follow @nightferry', 9],
    ['Waiting', 64, 'שלום מהשורה האחרונה', 4], ['Waiting', 5, '😱😱😱', 2],
  ];
  return all.map(([standing, seat, words, ago], at) => ({ id: `00000000-0000-7000-8000-00000000000${at + 1}`, seat, words, atMs: now - ago * 1000, standing }));
}
