import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TurnDesk } from '../src/console/turns.svelte';
import type { OwnSuggestion, Stage, TurnGroup } from '../src/lib/protocol';
import { leftOf } from '../src/lib/remark';
import { longestSuggestion, lookEveryMs, TurnDraft } from '../src/play/turn.svelte';
import { scenes } from '../mock/scenes.mjs';

const stage = (name: string): Stage => (scenes as unknown as Record<string, (now: number, terms: object) => Stage>)[name]!(0, {});
const own = (standing: OwnSuggestion['standing'], others = 0): OwnSuggestion => ({ id: 'a', words: 'x', standing, others, option: standing === 'OnWall' ? 3 : null });

/** A hall that answers what the test says, and counts what it was asked. */
function hall(answers: Record<string, unknown>) {
  const calls: string[] = [];
  const link = {
    clock: { now: () => 1000 },
    invoke: async <T>(method: string): Promise<T> => {
      calls.push(method);
      const answer = answers[method];
      if (answer instanceof Error) throw answer;
      return answer as T;
    },
  };
  return { calls, answers, link: link as never };
}

/** A phone whose viewer has written something. */
function writing(answers: Record<string, unknown>, session = 's') {
  const wire = hall(answers);
  const draft = new TurnDraft(wire.link, session);
  draft.open();
  draft.words = '  Ask the\u200B ferryman ';
  return { ...wire, draft };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a suggested turn on its way', () => {
  it('has room for an option and no more', () => {
    expect(leftOf('好'.repeat(longestSuggestion), longestSuggestion)).toBe(0);
    expect(leftOf('😱'.repeat(longestSuggestion + 2), longestSuggestion)).toBe(-2);
  });

  it('waits, is joined, is an option, and is history', async () => {
    const { draft, calls, answers } = writing({ Suggest: { id: 'a', againMs: 9000, refusal: null }, Suggested: own('Waiting', 3) });
    await draft.send();
    expect([draft.state, draft.words, draft.againMs, draft.own?.words]).toEqual(['closed', '', 9000, 'Ask the ferryman']);
    await vi.advanceTimersByTimeAsync(lookEveryMs);
    expect(draft.own?.others).toBe(3);
    answers.Suggested = own('OnWall', 3);
    draft.staged(stage('turn-round'));
    await vi.advanceTimersByTimeAsync(0);
    expect(draft.own?.option).toBe(3);
    const asked = calls.length;
    await vi.advanceTimersByTimeAsync(10 * lookEveryMs);
    draft.staged(stage('turn-round'));
    expect(calls.length).toBe(asked);
    answers.Suggested = null;
    draft.staged(stage('turn-beat'));
    await vi.advanceTimersByTimeAsync(0);
    expect(draft.own).toBeNull();
  });

  it('keeps the words and says why when the hall refuses, or says nothing', async () => {
    const sentence = { en: 'Another way, please.', zh: '请换个说法。' };
    const refused = writing({ Suggest: { id: null, againMs: 0, refusal: { code: 'not-here', sentence } } });
    await refused.draft.send();
    expect([refused.draft.state, refused.draft.trouble]).toEqual(['writing', sentence]);
    const lost = writing({ Suggest: new Error('gone') });
    await lost.draft.send();
    expect([lost.draft.state, lost.draft.trouble, lost.draft.own]).toEqual(['writing', 'failed', null]);
    expect(lost.draft.words).not.toBe('');
  });

  it('never asks for a phone that suggested nothing', async () => {
    const wire = hall({ Suggested: own('Waiting') });
    const draft = new TurnDraft(wire.link, 'nobody');
    for (const name of ['turn-beat', 'turn-round', 'turn-beat']) draft.staged(stage(name));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(wire.calls).toEqual([]);
  });
});

describe('the queue of suggested turns', () => {
  const group: TurnGroup = { id: 'a', words: 'Ask him', byDirector: false, seats: 3, atMs: 0, standing: 'Waiting', isOption: false, leads: null, said: [] };

  it('moves only when the hall says so, and one decision at a time', async () => {
    const queue = { beat: 3, open: true, waiting: 1, groups: [group] };
    const wire = hall({ Turns: queue, JudgeTurn: { refusal: null } });
    const desk = new TurnDesk(wire.link, 's');
    await desk.look();
    const [first, second] = await Promise.all([desk.judge(group, 'Approve', 'Ask him now'), desk.judge(group, 'Reject')]);
    expect([first, second]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(0);
    expect(wire.calls).toEqual(['Turns', 'JudgeTurn', 'Turns']);
    expect(desk.queue).toEqual(queue);
  });

  it('says what the hall refused, or that nothing arrived', async () => {
    const sentence = { en: 'The vote is open.', zh: '投票已经开始。' };
    const wire = hall({ Turns: { beat: 3, open: false, waiting: 0, groups: [] }, JudgeTurn: { refusal: { code: 'turn-late', sentence } } });
    const desk = new TurnDesk(wire.link, 's');
    expect(await desk.judge(group, 'Approve')).toBe(false);
    expect(desk.trouble).toEqual(sentence);
    wire.answers.JudgeTurn = new Error('gone');
    await desk.judge(group, 'Approve');
    expect(desk.trouble).toBe('unreachable');
  });
});
