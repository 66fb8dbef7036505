import type { Text } from '../lib/protocol';

/** What the wall says while it is tried. */
export const testWords = {
  title: { en: 'Test picture', zh: '测试画面' },
  sample: { en: 'Can you read this line from the last row?', zh: '坐在最后一排，能看清这一行吗？' },
  small: { en: 'All four corners seen? Nine greys told apart? Then the picture is right.', zh: '四角是否都看得到？九级灰阶是否分得清？那么画面就没有问题。' },
  rehearsal: { en: 'Rehearsal', zh: '彩排' },
} satisfies Record<string, Text>;
