/**
 * Photographs every state of every page in both languages, asks axe about each, and fails on violations, on anything
 * the content policy blocked and on scrollbars where none belong. `npm run build && npm run shots [filter]`
 */
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { draftShots } from './draft-shots.mjs';
import { houseShots } from './house-shots.mjs';
import { beforeShots } from './before-shots.mjs';
import { phoneShots } from './phone-shots.mjs';
import { remarkShots } from './remark-shots.mjs';
import { turnShots } from './turn-shots.mjs';
import { record, sessionId } from './scenes.mjs';
import { createMock } from './server.mjs';

const out = fileURLToPath(new URL('../shots/', import.meta.url));
await mkdir(out, { recursive: true });
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const filter = new RegExp(process.argv[2] ?? '.');
const mock = createMock();
const origin = `http://127.0.0.1:${await mock.listen()}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const problems = [];

const sizes = {
  phone: { width: 390, height: 844 }, small: { width: 320, height: 568 }, wide: { width: 844, height: 390 },
  wall: { width: 1920, height: 1080 }, desk: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 800 }, tablet: { width: 1024, height: 768 },
};

/** Votes by round as receipts, with the codes that the record has for them. */
const receipts = (votes) => Object.entries(votes).map(([round, choice]) => ({
  round: Number(round), n: 1, choice, proof: record.rounds[round]?.ballots.find((ballot) => ballot.choice === choice)?.proof ?? 'K7QMX-3PDA4',
}));

async function shoot(name, size, language, path, steps = async () => {}, { seat = true, late = false, votes = null, media = {}, zoom = 1, scrolls = true } = {}) {
  const title = `${name}-${size}-${language}`;
  if (!filter.test(title)) return;
  const context = await browser.newContext({ viewport: sizes[size], deviceScaleFactor: size === 'wall' || size === 'desk' ? 1 : 2, reducedMotion: 'reduce', locale: language === 'zh' ? 'zh-CN' : 'en-GB', ...media });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`${title}: ${error.message}`));
  page.on('console', (message) => {
    if (/content.security.policy/i.test(message.text())) problems.push(`${title}: ${message.text()}`);
  });
  await page.addInitScript(([data, size]) => {
    for (const [key, value] of Object.entries(data)) localStorage.setItem(`story.${key}`, JSON.stringify(value));
    if (size !== 1) addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = `${size * 100}%`));
  }, [{ language, device: 'device-1', ...(seat ? { seat: { code: 'K7MX4P', ticket: 'viewer-0', session: sessionId, seat: 17, expiresMs: Date.now() + 1e7 } } : {}), ...(late ? {} : { [`seen.${sessionId}`]: true }), ...(votes ? { [`receipts.${sessionId}`]: receipts(votes) } : {}) }, zoom]);
  await page.goto(origin + path);
  await steps(page);
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${out}${title}.png` });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wide) problems.push(`${title}: scrolls sideways`);
  if (!scrolls && (await page.evaluate(() => document.documentElement.scrollHeight > innerHeight))) problems.push(`${title}: scrolls`);
  await page.evaluate(axe);
  // Where the reader's own colours rule, axe computes with the page's, which nobody sees.
  const rules = media.forcedColors ? { 'color-contrast': { enabled: false } } : {};
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { resultTypes: ['violations'], rules }), rules);
  for (const { id, nodes } of violations) problems.push(`${title}: axe ${id}: ${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ').slice(0, 400)}`);
  await context.close();
  console.log(title);
}

const scene = (name, terms) => {
  mock.state.standing = { n: 0, choice: '' };
  mock.state.onCast = null;
  mock.state.journal = null;
  mock.play(name, terms);
};
/** Where the round's buttons lie on the page: what happens in between may not move them under a thumb. */
const places = (page) => page.evaluate(() => [...document.querySelectorAll('[data-testid=round] button')].map((button) => {
  const { x, y, width, height } = button.getBoundingClientRect();
  return [x, y + scrollY, width, height].map(Math.round).join(' ');
}).join(' | '));
const still = (title, steps) => async (page) => {
  await ready(page);
  const before = await places(page);
  await steps(page);
  const after = await places(page);
  if (before !== after) problems.push(`${title}: the options moved: ${before} → ${after}`);
};

const ready = (page) => page.waitForSelector('[data-testid=play][data-phase]');

/** The recording as a script, in the middle of being watched, and with nothing under the address. */
async function replayShots(size, language, tag, options) {
  scene('ended');
  const read = (page) => page.waitForSelector('[data-testid=replay-show]');
  await shoot(`replay-read${tag}`, size, language, `/replay#${sessionId}`, read, { seat: false, ...options });
  await shoot(`replay-line${tag}`, size, language, `/replay#${sessionId};line=1.1`, async (page) => {
    await read(page);
    await page.click('[data-testid=replay-watch]');
    await page.waitForSelector('[data-testid=scene][data-beat="1"] [data-line="1"][aria-current]');
  }, { seat: false, ...options });
  for (const state of ['open', 'decided']) {
    await shoot(`replay-${state}${tag}`, size, language, `/replay#${sessionId}`, async (page) => {
      await read(page);
      await page.click('[data-testid=replay-watch]');
      for (let n = 0; n < 40 && !(await page.$(`[data-testid=replay-vote][data-state=${state}]`)); n++) await page.keyboard.press('ArrowRight');
      await page.waitForSelector(`[data-testid=replay-vote][data-state=${state}]`);
    }, { seat: false, ...options });
  }
  await shoot(`replay-none${tag}`, size, language, '/replay', (page) => page.waitForSelector('[data-testid=replay-trouble]'), { seat: false, ...options });
}

for (const language of ['en', 'zh']) {
  for (const size of ['phone', 'small']) {
    scene('lobby');
    await shoot('join', size, language, '/', undefined, { seat: false });
    await shoot('join-error', size, language, '/?code=AAAAAA', async (page) => {
      await page.click('[data-testid=join-button]');
      await page.waitForSelector('[data-testid=join-error]:not(:empty)');
    }, { seat: false });
    await shoot('join-scanned', size, language, '/?code=K7MX4P', undefined, { seat: false });
    for (const name of ['scheduled', 'lobby', 'opening', 'beat', 'beat-long', 'steered', 'dark', 'overruled', 'again', 'round', 'round-two', 'sealed', 'tied', 'paused', 'ended']) {
      scene(name);
      await shoot(`play-${name}`, size, language, '/play', ready, { votes: { 0: '0', 1: '2', 3: '1', 4: '1' } });
    }
    for (const [code, at] of [['seat-code', 'K7MX4P'], ['seat-taken', 'K7MX4P-AAAA3333']]) {
      scene('lobby-cards');
      await shoot(`join-${code}`, size, language, `/?code=${at}`, async (page) => {
        await page.click('[data-testid=join-button]');
        await page.waitForSelector(code === 'seat-code' ? 'input#code.long' : '[data-testid=join-shut]');
      }, { seat: false });
    }
    await shoot('join-card', size, language, '/?code=K7MX4P-K3F9QX7T', undefined, { seat: false });
    mock.state.refuseJoin = [409, { code: 'not-open', sentence: { en: 'The doors are not open yet.', zh: '还没有开放入场。' } }];
    await shoot('join-waiting', size, language, '/?code=K7MX4P', async (page) => {
      await page.click('[data-testid=join-button]');
      await page.waitForSelector('[data-testid=join-waiting]');
    }, { seat: false });
    mock.state.refuseJoin = null;
    scene('ranked');
    await shoot('play-ranked', size, language, '/play', ready);
    await shoot('play-ranked-two', size, language, '/play', still(`play-ranked-two-${size}-${language}`, async (page) => {
      for (const option of [2, 0]) await page.click(`[data-testid=option-${option}]`);
      await page.waitForSelector('[data-status=recorded][data-choice="2>0"]');
    }));
    scene('ranked');
    await shoot('play-abstained', size, language, '/play', still(`play-abstained-${size}-${language}`, async (page) => {
      await page.click('[data-testid=abstain]');
      await page.waitForSelector('[data-status=recorded][data-choice="-"]');
    }));
    scene('ranked-decided');
    await shoot('play-ranked-decided', size, language, '/play', ready, { votes: { 3: '2>1' } });
    scene('protected-decided');
    await shoot('play-protected', size, language, '/play', ready, { votes: { 3: '-' } });
    scene('beat');
    await shoot('play-late-comer', size, language, '/play', (page) => page.waitForSelector('[data-testid=story-offer]'), { late: true });
    await shoot('play-story', size, language, '/play', async (page) => {
      await page.click('[data-testid=story-open]');
      await page.waitForSelector('[data-testid=chapter]');
    });
    await shoot('play-kicked', size, language, '/play', async (page) => {
      await ready(page);
      mock.leave('kicked', 'The hall\u2019s staff have asked this phone to leave. You may come back with your code.', '工作人员已请这部手机退出。您可以凭代码重新入场。');
      await page.waitForSelector('[data-testid=away]');
    });
    scene('ended');
    await shoot('play-checked', size, language, '/play', async (page) => {
      await page.click('[data-testid=check-votes]');
      await page.waitForSelector('[data-testid=checked][data-well=true]');
      await page.evaluate(() => document.querySelector('[data-testid=checked]').scrollIntoView());
    }, { votes: { 0: '0', 1: '2', 3: '1', 4: '1' } });
    mock.state.record = { ...record, rounds: record.rounds.map((round, at) => (at === 1 ? { ...round, ballots: round.ballots.slice(1) } : round)) };
    await shoot('play-alarm', size, language, '/play', async (page) => {
      await page.click('[data-testid=check-votes]');
      await page.waitForSelector('[data-testid=checked][data-well=false]');
      await page.evaluate(() => document.querySelector('[data-testid=checked]').scrollIntoView());
    }, { votes: { 0: '0', 1: '2' } });
    mock.state.record = record;
    await shoot('record', size, language, `/record#${sessionId}`, async (page) => {
      await page.fill('[data-testid=record-code]', record.rounds[1].ballots[3].proof.toLowerCase());
      await page.waitForSelector('[data-testid=record-found]:not(:empty)');
    }, { seat: false });
    for (const [tag, options] of [['', {}], ['-big', { zoom: 2 }]]) await replayShots(size, language, tag, options);
    scene('decided');
    await shoot('play-decided', size, language, '/play', ready, { votes: { 3: '2' } });
    scene('round');
    await shoot('play-voted', size, language, '/play', still(`play-voted-${size}-${language}`, async (page) => {
      await page.click('[data-testid=option-1]');
      await page.waitForSelector('[data-status=recorded]');
    }));
    scene('round', { rule: 'Approval' });
    await shoot('play-approval', size, language, '/play', async (page) => {
      for (const option of [0, 2]) await page.click(`[data-testid=option-${option}]`);
      await page.waitForSelector('[data-status=recorded][data-choice="0+2"]');
    });
    scene('round');
    mock.state.onCast = () => ({ receipt: { ...mock.receipt('Busy'), n: 0, choice: '' }, refusal: null });
    await shoot('play-busy', size, language, '/play', still(`play-busy-${size}-${language}`, (page) => page.click('[data-testid=option-3]')));
    scene('round');
    mock.state.onCast = () => ({ receipt: { ...mock.receipt('Closed'), n: 0, choice: '' }, refusal: null });
    await shoot('play-late', size, language, '/play', still(`play-late-${size}-${language}`, async (page) => {
      await page.click('[data-testid=option-0]');
      await page.waitForSelector('[data-status=late]');
    }));
    scene('beat');
    await shoot('play-felt', size, language, '/play', async (page) => {
      await ready(page);
      await page.click('[data-testid=feel-suspense]');
      await page.waitForTimeout(1050);
      await page.click('[data-testid=feel-suspense]', { noWaitAfter: true });
    });
  }
  scene('round');
  await shoot('play-round', 'wide', language, '/play', ready);
  await shoot('play-round-big', 'phone', language, '/play', ready, { zoom: 2 });
  scene('ranked');
  await shoot('play-ranked', 'wide', language, '/play', ready);
  await shoot('play-ranked-big', 'phone', language, '/play', ready, { zoom: 2 });
  await shoot('play-ranked-big', 'small', language, '/play', still(`play-ranked-big-small-${language}`, async (page) => {
    await page.click('[data-testid=option-2]');
    await page.waitForSelector('[data-status=recorded]');
  }), { zoom: 2 });
  scene('beat');
  await shoot('play-beat', 'wide', language, '/play', ready);
  await shoot('play-beat-big', 'phone', language, '/play', ready, { zoom: 2 });
  await shoot('play-lost', 'phone', language, '/play', async (page) => {
    await ready(page);
    mock.state.tickets.delete('viewer-0');
    mock.state.refuseJoin = [503, { code: 'busy', sentence: { en: 'Busy.', zh: '正忙。' } }];
    mock.drop();
    await page.waitForSelector('[data-testid=link][data-state=reconnecting]');
  });
  mock.state.tickets.add('viewer-0');
  mock.state.refuseJoin = null;

  await phoneShots({ language, ready, scene, shoot, still });
  await remarkShots({ language, ready, scene, shoot, mock, sessionId });
  await turnShots({ language, ready, scene, shoot, mock, sessionId });

  for (const [wallLanguages, tag] of [[['en', 'zh'], 'both'], [['zh', 'en'], 'both-zh'], [[language], 'one']]) {
    if (tag === (language === 'en' ? 'both-zh' : 'both')) continue;
    for (const name of ['scheduled', 'lobby', 'opening', 'lobby-practice', 'beat-start', 'beat', 'beat-mono', 'beat-hand', 'beat-poster', 'beat-long', 'steered', 'dark', 'overruled', 'again', 'round', 'round-two', 'sealed', 'decided', 'decided-close', 'tied', 'paused', 'paused-round', 'ended', 'ended-mine', 'ranked', 'ranked-decided', 'protected-decided', 'hidden', 'hidden-two', 'raised', 'lobby-cards']) {
      scene(name, { wallLanguages, language: wallLanguages[0] });
      await shoot(`wall-${name}-${tag}`, 'wall', language, '/wall#wall', (page) => page.waitForSelector('[data-testid=wall-stage][data-phase]'), { scrolls: false });
    }
  }
  await beforeShots({ language, mock, scene, shoot });
  await shoot('wall-no-ticket', 'wall', language, '/wall');

  mock.state.signedIn = false;
  await shoot('console-sign-in', 'desk', language, '/console', (page) => page.waitForSelector('[data-testid=sign-in]'));
  mock.state.signedIn = true;
  await shoot('console-list', 'desk', language, '/console', (page) => page.waitForSelector('[data-testid=session-open]'));
  mock.state.mustChange = true;
  for (const size of ['desk', 'phone']) {
    await shoot('console-first', size, language, '/console', async (page) => {
      await page.fill('[data-testid=password-old]', 'popcorn');
      await page.fill('[data-testid=password-new]', 'short');
      await page.fill('[data-testid=password-again]', 'short');
      await page.click('[data-testid=password-save]');
      await page.waitForSelector('[data-testid=password-error]:not(:empty)');
    });
  }
  mock.state.mustChange = false;
  for (const size of ['desk', 'tablet', 'phone']) {
    await shoot('console-accounts', size, language, '/console#accounts', async (page) => {
      await page.fill('[data-testid=account-name]', 'mei');
      await page.click('[data-testid=account-make]');
      await page.waitForSelector('[data-testid=hand-over-password]');
    });
    await shoot('console-audit', size, language, '/console#audit', (page) => page.waitForSelector('[data-testid=audit-row]'));
  }
  mock.state.mustChange = true;
  await shoot('console-first-typed', 'tablet', language, '/console', async (page) => {
    mock.state.signedIn = false;
    await page.reload();
    await page.fill('[data-testid=sign-in-name]', 'ana');
    await page.fill('[data-testid=sign-in-password]', 'popcorn');
    await page.click('[data-testid=sign-in]');
    await page.fill('[data-testid=password-new]', 'four plain words');
    await page.fill('[data-testid=password-again]', 'four plain words');
    await page.click('[data-testid=password-save]');
    await page.waitForSelector('[data-testid=session-open]');
  });
  mock.state.mustChange = false;
  await shoot('console-account', 'tablet', language, '/console#account', (page) => page.waitForSelector('[data-testid=my-account]'));
  await shoot('console-account-roles', 'tablet', language, '/console#accounts', (page) => page.click('[data-name=bo] [data-testid=account-roles]'));
  await shoot('console-account-last', 'desk', language, '/console#accounts', async (page) => {
    await page.click('[data-name=ana] [data-testid=account-remove]');
    await page.click('[data-testid=account-yes]');
    await page.waitForSelector('[data-testid=account-refused]:not(:empty)');
  });
  mock.state.roles = ['director'];
  await shoot('console-director', 'desk', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=no-role]'));
  mock.state.roles = ['operator', 'director', 'admin'];
  for (const [name, size] of [['round', 'desk'], ['lobby', 'desk'], ['round', 'phone'], ['steered', 'desk'], ['steered', 'phone'], ['overruled', 'desk']]) {
    scene(name);
    await shoot(`console-${name}`, size, language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=phase]'));
  }
  scene('beat');
  mock.state.journal = { state: 'Failing', kind: 'DiskFull', sentence: { en: 'The disk with the show\u2019s data is full. Free some space; votes are taken again by themselves.', zh: '存放演出数据的磁盘已满。请腾出空间，投票会自动恢复。' }, sinceMs: Date.now() - 34_000, queueDepth: 212, batchSize: 48 };
  await shoot('console-failing', 'desk', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=journal-alarm]'));
  mock.state.journal = { ...mock.state.journal, state: 'Busy', kind: null, sentence: null };
  await shoot('console-busy', 'desk', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=journal-busy]'));
  scene('lobby-cards');
  await shoot('console-cards', 'desk', language, `/console#${sessionId}`, async (page) => {
    await page.fill('[data-testid=seat-number]', '17');
    await page.waitForSelector('[data-testid=seat-state]:not(:empty)');
  });
  await shoot('console-ban', 'desk', language, `/console#${sessionId}`, async (page) => {
    await page.fill('[data-testid=seat-number]', '17');
    await page.click('[data-testid=seat-ban]');
  });
  scene('beat');
  for (const size of ['desk', 'tablet', 'phone']) await shoot('director', size, language, `/director#${sessionId}`, (page) => page.waitForSelector('[data-testid=script-beat]'));
  await shoot('director-edit', 'desk', language, `/director#${sessionId}`, (page) => page.click('[data-testid=edit-3-0]'));
  scene('decided');
  await shoot('director-waits', 'desk', language, `/director#${sessionId}`, (page) => page.waitForSelector('[data-testid=veto-waits]'));
  scene('overruled');
  await shoot('console-overrule', 'desk', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=op-overrule]:not([disabled])'));
  scene('lobby-cards');
  await shoot('cards', 'desk', language, `/cards#${sessionId}`, (page) => page.waitForSelector('main img'));
  await replayShots('wall', language, '', {});
  await houseShots({ language, mock, scene, shoot });
  await draftShots({ language, mock, shoot });
  scene('ended');
  await shoot('console-ended', 'desk', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=record-link]'));
  scene('round');
  await shoot('console-confirm', 'desk', language, `/console#${sessionId}`, (page) => page.click('[data-testid=op-pause]'));
}

await browser.close();
await mock.close();
console.log(problems.length === 0 ? 'no problem found' : problems.join('\n'));
process.exit(problems.length === 0 ? 0 : 1);
