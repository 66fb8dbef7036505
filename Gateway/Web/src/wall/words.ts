import type { Text } from '../lib/protocol';

/** What the wall says of itself. */
export const wallWords = {
  warmUp: { en: 'While you wait', zh: '开场之前' },
  answered: (voters: number): Text => ({ en: `${voters} have answered`, zh: `${voters} 人已作答` }),
  road: { en: 'The road not taken', zh: '没走的路' },
  wake: { en: 'Press any key once and this wall has sound; M turns it off and on', zh: '按一下任意键，大银幕就有声音；M 键开关' },
  soundOff: { en: 'Sound off (M)', zh: '声音已关（M）' },
  soundOn: { en: 'Sound on (M)', zh: '声音已开（M）' },
  noWall: { en: 'Another screen of this hall is lost: the show waits', zh: '本厅的大银幕断开了，演出稍候' },
} satisfies Record<string, Text | ((n: number) => Text)>;
