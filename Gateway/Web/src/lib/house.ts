import type { StageChoice, StageDecision } from './protocol';

/** The option that the story followed: the hall's, unless the house overruled it. */
export function taken(decided: Pick<StageChoice | StageDecision, 'winner' | 'overruled'>): number {
  return decided.overruled?.taken ?? decided.winner;
}

/** Whether nobody preferred anything, so that the film chose. */
export function isQuiet(decided: Pick<StageChoice | StageDecision, 'voters' | 'abstained'>): boolean {
  return decided.voters === decided.abstained;
}

/**
 * Who chose an option of a decided round: the hall by its votes, the film where nobody preferred anything, the house where it
 * overruled them. Null: nobody. Where the house overruled, what the hall chose is still the hall's.
 */
export function whoChose(decided: Pick<StageChoice, 'winner' | 'overruled' | 'voters' | 'abstained'>, option: number): 'hall' | 'film' | 'house' | null {
  if (option === decided.winner) return isQuiet(decided) ? 'film' : 'hall';
  return option === taken(decided) ? 'house' : null;
}

/** Whether a round was held again, so that nothing followed from it. */
export function isVoid(decided: Pick<StageChoice, 'overruled'>): boolean {
  return decided.overruled != null && decided.overruled.taken === null;
}

const en = {
  otherwise: 'The house decided otherwise',
  because: (reason: string) => `The house: ${reason}`,
  hallChose: (letter: string) => `The hall chose ${letter}.`,
  filmChose: (letter: string) => `The film chose ${letter}.`,
  again: (reason: string) => `Asked once more: ${reason}`,
  void: 'Held again; it did not count',
  overrule: 'Overrule this decision',
  overruleHint: 'While the card is on the wall. The hall reads your reason; its own vote stays on record.',
  follow: 'The story follows',
  reason: 'Reason, read by everyone (needed)',
  heldFor: 'Held while the house decides whether to overrule the vote',
  override: 'Follow this instead',
  rerun: 'Vote again',
};

const zh: typeof en = {
  otherwise: '影院另作决定',
  because: (reason) => `影院：${reason}`,
  hallChose: (letter) => `全场选的是 ${letter}。`,
  filmChose: (letter) => `影片选的是 ${letter}。`,
  again: (reason) => `重新投票：${reason}`,
  void: '已重新投票，本次不算',
  overrule: '推翻这次决定',
  overruleHint: '结果卡还在银幕上时有效。全场都会看到理由；全场自己的投票仍留在记录里。',
  follow: '故事改走',
  reason: '理由（必填，全场可见）',
  heldFor: '决定是否推翻投票结果，先暂停',
  override: '改走这一项',
  rerun: '重新投票',
};

export const houseWords = { en, zh };
