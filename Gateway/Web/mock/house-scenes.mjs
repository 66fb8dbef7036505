/** The house view and a show's insights, to look at the pages with. Development only; no part of the build. */
import { film, sessionId } from './scenes.mjs';

const at = (n) => sessionId.slice(0, -2) + String(n).padStart(2, '0');
const well = { deadAirMs: 400, preparedOptions: 3, fallbacks: 1, wallSeenMs: 1, walls: 1, wallLostMs: 0, withoutWall: false, journal: null };
const titles = [film.title, { en: 'The Seventh Night', zh: '第七夜' }, { zh: '雾中来信', en: 'A Letter Out of the Fog' }];

const tile = (now, n, more = {}, alarms = [], answers = true) => ({
  session: {
    session: n === 0 ? sessionId : at(n), title: titles[n % 3], phase: 'Playing', rehearsal: false, scheduledMs: 0, startedMs: now - 1_500_000, endsAtMs: now + 1_084_000, forecastMs: now + 1_084_000,
    pausedMs: 0, capacity: 300, seated: 212, present: 207, beat: 7, act: { en: 'Open Water', zh: '离岸' }, writer: 'storylet',
    round: { round: 7, deadlineMs: now + 8000, voters: 143 }, landing: false, dark: false, holds: false, fallbacksInARow: 0, health: well, ...more,
  },
  answers, alarms,
});

const alarm = (kind, level, sinceMs, what, mend) => ({ kind, level, sinceMs, what, mend });

export const alarms = (now) => ({
  wall: alarm('WallLost', 'Grave', now - 41_000,
    { en: 'The wall is lost, and the show waits for it.', zh: '大银幕已断开，演出正在等待。' },
    { en: 'Look at the machine at the projector: open the wall page again from the console. It takes the show along by itself.', zh: '请检查放映机旁的电脑，并从控制台重新打开大银幕页面；画面会自行跟上演出。' }),
  paused: alarm('PausedLong', 'Warning', now - 372_000,
    { en: 'The show has been paused for a long time.', zh: '演出已暂停很久。' },
    { en: 'Resume it, or tell the hall why it waits. If it cannot go on, resume and end it well: the story lands in two beats.', zh: '请恢复演出，或告知全场等待的原因。如无法正常继续，可先恢复，再用“好好收尾”：再讲两段，故事就结束。' }),
  disk: alarm('DiskLow', 'Warning', now - 610_000,
    { en: 'Only 812 MB are free on the disk that holds the votes.', zh: '存放选票的磁盘仅剩 812 MB。' },
    { en: 'Empty the bin and delete large files that are not the hall’s. Leave the data folder alone.', zh: '请清空回收站，并删除与本厅无关的大文件。请勿改动数据文件夹。' }),
  fallbacks: alarm('Fallbacks', 'Warning', now - 75_000,
    { en: 'The writer did not deliver the last 3 beats.', zh: '最近 3 段写作程序没有交稿。' },
    { en: 'The hall does not notice: authored storylets tell the story. Look at the writer, or let it be for tonight.', zh: '观众不会察觉：由事先写好的片段继续讲述。请检查写作程序，也可以今晚先不处理。' }),
});

export const houses = {
  well: (now) => ({ here: { nowMs: now, alarms: [], journal: 'Well', writers: 1, freeBytes: 91 * 2 ** 30, sessions: [tile(now, 0), tile(now, 1, { phase: 'Lobby', startedMs: 0, endsAtMs: 0, forecastMs: 0, beat: null, act: null, round: null, seated: 64, present: 61 })] }, others: [] }),
  empty: (now) => ({ here: { nowMs: now, alarms: [], journal: 'Well', writers: 1, freeBytes: 91 * 2 ** 30, sessions: [] }, others: [] }),
  trouble: (now) => {
    const all = alarms(now);
    return {
      here: {
        nowMs: now, alarms: [all.disk], journal: 'Well', writers: 1, freeBytes: 812 * 2 ** 20,
        sessions: [
          tile(now, 0, { holds: true, health: { ...well, walls: 0, wallLostMs: now - 41_000 }, forecastMs: now + 1_204_000, round: null }, [all.wall, all.fallbacks]),
          tile(now, 1, { phase: 'Paused', pausedMs: now - 372_000, seated: 88, present: 83, round: null, landing: true }, [all.paused]),
          tile(now, 2, { rehearsal: true, endsAtMs: now - 45_000, forecastMs: now + 20_000, round: null, seated: 30, present: 30, dark: true, writer: 'qwen2.5-7b-instruct' }),
          tile(now, 3, { phase: 'Scheduled', startedMs: 0, endsAtMs: 0, forecastMs: 0, beat: null, act: null, round: null, seated: 0, present: 0, health: { ...well, walls: 0 } }),
        ],
      },
      others: [
        { name: 'Kino Süd', url: 'https://sued.example:5080', trouble: 'None', sinceMs: now - 9e5, hall: { nowMs: now, alarms: [], journal: 'Well', writers: 1, freeBytes: 40 * 2 ** 30, sessions: [tile(now, 4)] } },
        { name: '人民影院', url: 'http://10.2.0.7:5080', trouble: 'NoAnswer', sinceMs: now - 128_000, hall: { nowMs: now - 128_000, alarms: [], journal: 'Well', writers: 1, freeBytes: 40 * 2 ** 30, sessions: [tile(now - 128_000, 5)] } },
        { name: 'Harbour Two', url: 'http://10.3.0.7:5080', trouble: 'Refused', sinceMs: now - 3_700_000, hall: null },
      ],
    };
  },
};

const round = (n, counts, winner, more = {}) => ({
  round: n, question: { en: 'What does Mara do before the storm reaches them?', zh: '风暴赶上之前，玛拉怎么做？' },
  options: [{ en: 'Break the seal on the hold and see for yourself', zh: '撕开货舱的封条，亲眼去看' }, { en: 'Take the wheel from him', zh: '夺下舵轮' }, { en: 'Say nothing, and wait for the light', zh: '什么也不说，等灯塔亮起' }].slice(0, counts.length),
  counts, winner, margin: counts[winner] - Math.max(...counts.filter((_, i) => i !== winner)), voters: counts.reduce((a, b) => a + b, 0), abstained: 0, changed: 23, rule: 'Plurality', tied: [], protected: null, overruled: null,
  openedMs: 60_000 * (n + 1), decidedMs: 60_000 * (n + 1) + 20_500, ...more,
});

const tension = [0.2, 0.35, 0.3, 0.5, 0.6, 0.45, 0.7, 0.95, 0.3];
export const insights = {
  session: sessionId, film, language: 'en', startedMs: Date.UTC(2026, 0, 17, 19, 0), lengthMs: 1_272_000, scheduledMs: 1_200_000, lateMs: 72_000, landed: false, cut: false, pausedMs: 96_000,
  capacity: 300, seated: 212,
  rounds: [
    round(0, [71, 98, 12], 1), round(1, [88, 84], 0, { changed: 41, abstained: 6, voters: 178 }), round(2, [60, 60, 33], 0, { tied: [0, 1], changed: 0 }),
    round(3, [97, 90], 0, { protected: { seats: 38, extra: 38, otherwise: 1 } }), round(4, [120, 21, 18], 0, { overruled: { taken: 1, reason: 'The projector jammed; half the hall saw nothing.' } }), round(5, [55, 99], 1), round(6, [70, 71, 20], 1),
    round(7, [0, 0, 0], 2, { tied: [0, 1, 2], changed: 0 }), round(8, [0, 0], 0, { tied: [0, 1], changed: 0, voters: 3, abstained: 3 }),
  ],
  beats: tension.map((value, beat) => ({ beat, act: beat < 3 ? { en: 'The Quay', zh: '码头' } : { en: 'Open Water', zh: '离岸' }, writer: beat % 4 === 3 ? 'qwen2.5-7b-instruct' : 'storylet', fallback: beat === 5 ? 'Late' : 'None', lines: 6 + (beat % 3), directed: beat === 3 ? 2 : 0, writing: beat % 4 === 3 ? { endpoint: 'booth', model: 'qwen2.5-7b-instruct', prompt: 'beat-1.en', tokensIn: 3120 + 40 * beat, tokensOut: 412, tookMs: 6840 + 300 * beat, repaired: beat === 7 ? 'repetition,length' : null } : null, atMs: beat * 141_000, untilMs: beat * 141_000 + 110_000, tension: value, target: Math.min(1, value + (beat % 2 ? 0.08 : -0.05)), deadAirMs: beat === 2 ? 1400 : beat === 5 ? 600 : 0, ready: beat === 0 ? null : beat !== 5 })),
  feelings: Array.from({ length: 120 }, (_, n) => ({ atMs: 10_000 + n * 10_000, contributors: 24 + (n % 17), arousal: 0.3 + 0.3 * Math.sin(n / 9) ** 2 + n / 400, sums: [3, 2, 9 + (n % 5), 4, 1, 0, 2, 1] })).filter((_, n) => n < 50 || n > 60),
  interventions: [
    { atMs: -1_240_000, kind: 'Open', by: 'ana', reason: '', seat: 0, seconds: 0, words: null, option: null, beat: null },
    { atMs: 0, kind: 'Start', by: 'ana', reason: '', seat: 0, seconds: 0, words: null, option: null, beat: null },
    { atMs: 402_000, kind: 'Pause', by: 'ana', reason: 'Somebody fell on the stairs; first aid is there', seat: 0, seconds: 0, words: null, option: null, beat: null },
    { atMs: 410_000, kind: 'Tell', by: 'ana', reason: '', seat: 0, seconds: 0, words: 'We go on in a moment. 请稍候。', option: null, beat: null },
    { atMs: 498_000, kind: 'Resume', by: 'ana', reason: '', seat: 0, seconds: 0, words: null, option: null, beat: null },
    { atMs: 700_000, kind: 'Ban', by: 'li.wei', reason: '手机外放', seat: 17, seconds: 0, words: null, option: null, beat: null },
    { atMs: 720_000, kind: 'Override', by: 'ana', reason: 'The projector jammed; half the hall saw nothing.', seat: 0, seconds: 0, words: null, option: 1, beat: null },
    { atMs: 725_000, kind: 'ApproveRemark', by: 'jo', reason: '', seat: 0, seconds: 0, words: null, option: null, beat: null },
    { atMs: 730_000, kind: 'Forbid', by: 'jo', reason: '', seat: 0, seconds: 0, words: '枪', option: null, beat: null },
    { atMs: 760_000, kind: 'Extend', by: 'ana', reason: '', seat: 0, seconds: 10, words: null, option: null, beat: null },
  ],
  writers: [
    { writer: 'storylet', beats: 7, lines: 48, tokensIn: 0, tokensOut: 0, tookMs: 0, repaired: 0 }, { writer: 'qwen2.5-7b-instruct', beats: 2, lines: 11, tokensIn: 6640, tokensOut: 824, tookMs: 16_680, repaired: 1, untold: 9, untoldTokens: 32_130 },
    { writer: 'director', beats: 0, lines: 2, tokensIn: 0, tokensOut: 0, tookMs: 0, repaired: 0 },
  ],
  deadAirMs: 2000, fallbacks: 1, fallbackReasons: [{ reason: 'Late', beats: 1 }], repaired: 1,
  speculation: { followed: 8, ready: 7, readyByModel: 2, written: 11, untold: 9, tokens: 46_414, untoldTokens: 32_130, lostTokens: 6_820, budget: 200_000 },
};
