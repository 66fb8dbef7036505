/** Moments with turns that viewers suggest. */

const own = '00000000-0000-7000-8000-0000000000a1';
const turn = (option, byDirector = false) => ({ option, seats: 12, byDirector });
const label = { zh: '去问船长，货舱里到底是谁在敲' };
const longest = { en: 'Ask the captain, calmly, who it is that knocks in the hold' };

export function turnScenes({ base, beat, round, decision, four }) {
  const three = four.slice(0, 3);
  const voting = (now, terms, options, at, more = {}) => ({ ...base(now, terms), beat: beat(4), round: round(now, { options, turn: turn(at), ...more }), turnsOn: true });
  return {
    'turn-beat': (now, terms) => ({ ...base(now, terms), beat: beat(3), turnsOn: true, turnsOpen: true }),
    'turn-both': (now, terms) => ({ ...base(now, terms), beat: beat(3), turnsOn: true, turnsOpen: true, remarksOn: true }),
    'turn-shut': (now, terms) => ({ ...base(now, terms), beat: beat(3), turnsOn: true }),
    'turn-auto': (now, terms) => ({ ...base(now, terms), beat: beat(3), turnsOn: true, turnsAuto: true, turnsOpen: true }),
    'turn-round': (now, terms) => voting(now, terms, [...three, label], 3),
    'turn-round-long': (now, terms) => voting(now, terms, [...three, longest], 3, { turn: turn(3, true) }),
    'turn-round-three': (now, terms) => voting(now, terms, [...four.slice(0, 2), label], 2),
    'turn-missed': (now, terms) => ({ ...base(now, terms), beat: beat(4), round: round(now, { state: 'Decided', decision: decision(now) }), turnsOn: true }),
    'turn-decided': (now, terms) => voting(now, terms, [...three, label], 3, { state: 'Decided', decision: decision(now, { winner: 3, counts: [31, 48, 19, 72] }) }),
  };
}

/** What became of this phone's own. */
export const ownTurn = {
  alone: { id: own, words: '去问船长，货舱里是谁', standing: 'Waiting', others: 0, option: null },
  joined: { id: own, words: 'Ask the captain who knocks', standing: 'Waiting', others: 11, option: null },
  onWall: { id: own, words: '去问船长，货舱里是谁', standing: 'OnWall', others: 11, option: 3 },
  missed: { id: own, words: 'Swim for it', standing: 'NotTaken', others: 2, option: null },
};

const leads = (en, zh, line, translated) => ({ place: { en, zh }, moment: { en: 'Night', zh: '夜' }, speaker: null, words: { en: line, zh: translated } });

/** A queue as a director meets it in the middle of a scene. */
export function turnQueue(now) {
  const group = (n, standing, seats, words, more = {}) => ({ id: `00000000-0000-7000-8000-0000000000a${n}`, words, byDirector: false, seats, atMs: now - 9000 - n * 1000, standing, isOption: false, leads: null, said: [{ seat: 7 + n, words }], ...more });
  return {
    beat: 3, open: true, waiting: 4,
    groups: [
      group(1, 'Chosen', 12, '去问船长，货舱里到底是谁在敲', {
        leads: leads('Hold, Lower Light', '“低灯号”货舱', 'The knocking stops when she puts her hand on the door.', '她把手按上舱门，敲击声停了。'),
        said: [{ seat: 8, words: '去问船长，货舱里到底是谁在敲' }, { seat: 19, words: '问船长货舱里是谁在敲' }, { seat: 31, words: '去问问船长到底是谁在敲' }],
      }),
      group(2, 'Waiting', 9, 'Turn the boat back for the captain', { leads: leads('Wheelhouse', '驾驶室', 'The wheel is heavier than it looks.', '舵轮比看上去更沉。'), said: [{ seat: 3, words: 'Turn the boat back for the captain' }, { seat: 44, words: 'turn back for the captain!' }] }),
      group(3, 'Waiting', 3, 'Fly to the moon'),
      group(4, 'Waiting', 2, 'Take the wheel from him', { isOption: true }),
      group(5, 'Waiting', 1, '<b>open the hold</b> 😱 שלום', { leads: leads('Hold, Lower Light', '“低灯号”货舱', 'The knocking stops when she puts her hand on the door.', '她把手按上舱门，敲击声停了。') }),
      group(6, 'Rejected', 1, 'sing the anthem of my team'),
    ],
  };
}
