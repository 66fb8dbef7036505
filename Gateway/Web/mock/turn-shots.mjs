import { ownTurn, turnQueue } from './turn-scenes.mjs';

/** Suggested turns on every page: written, waiting, on the wall and won, and the queue of whoever decides. */
export async function turnShots({ language, ready, scene, shoot, mock, sessionId }) {
  const draft = language === 'zh' ? '去问船长，货舱里是谁' : 'Ask the captain who knocks';
  const write = (words) => async (page) => {
    await ready(page);
    await page.click('[data-testid=turn-open]');
    await page.fill('[data-testid=turn-words]', words);
  };
  const send = (words) => async (page) => {
    await write(words)(page);
    await page.click('[data-testid=turn-send]');
    await page.waitForSelector('[data-testid=turn][data-standing=Waiting]');
  };
  const then = (name, standing) => async (page) => {
    mock.state.ownTurn = null;
    scene('turn-beat');
    await send(draft)(page);
    mock.state.ownTurn = standing;
    scene(name);
  };
  for (const [size, tag, options] of [['phone', '', {}], ['small', '', {}], ['phone', '-big', { zoom: 2 }], ['phone', '-forced', { media: { forcedColors: 'active' } }]]) {
    scene('turn-both');
    await shoot(`play-turn${tag}`, size, language, '/play', ready, options);
    scene('turn-beat');
    await shoot(`play-turn-write${tag}`, size, language, '/play', write(draft), options);
    await shoot(`play-turn-over${tag}`, size, language, '/play', write('x'.repeat(73)), options);
    await shoot(`play-turn-sent${tag}`, size, language, '/play', send(draft), options);
    await shoot(`play-turn-joined${tag}`, size, language, '/play', async (page) => {
      await then('turn-shut', { ...ownTurn.joined, words: draft })(page);
      scene('turn-beat');
      await page.evaluate(() => undefined);
      await page.waitForFunction(() => /11/.test(document.querySelector('[data-testid=turn-own]')?.textContent ?? ''), null, { timeout: 9000 });
    }, options);
    await shoot(`play-turn-round${tag}`, size, language, '/play', async (page) => {
      await then('turn-round', ownTurn.onWall)(page);
      await page.waitForSelector('[data-testid=from-hall] strong');
    }, options);
    scene('turn-round-long');
    await shoot(`play-turn-round-long${tag}`, size, language, '/play', (page) => page.waitForSelector('[data-testid=from-hall]'), options);
    await shoot(`play-turn-missed${tag}`, size, language, '/play', async (page) => {
      await then('turn-missed', ownTurn.missed)(page);
      await page.waitForSelector('[data-testid=turn][data-standing=NotTaken]');
    }, options);
    await shoot(`play-turn-decided${tag}`, size, language, '/play', async (page) => {
      await then('turn-decided', ownTurn.onWall)(page);
      await page.waitForSelector('[data-testid=winner] [data-testid=from-hall]');
    }, options);
    mock.state.ownTurn = null;
  }
  for (const [wallLanguages, tag] of [[['en', 'zh'], 'both'], [[language], 'one']]) {
    for (const name of ['turn-round', 'turn-round-long', 'turn-round-three', 'turn-decided']) {
      scene(name, { wallLanguages, language: wallLanguages[0] });
      await shoot(`wall-${name}-${tag}`, 'wall', language, '/wall#wall', (page) => page.waitForSelector('[data-testid=wall-turn]'), { scrolls: false });
    }
  }
  mock.state.signedIn = true;
  for (const size of ['desk', 'phone']) {
    scene('turn-auto');
    mock.state.turns = turnQueue(Date.now());
    const queue = async (page) => {
      await page.waitForSelector('[data-testid=turn-chosen]');
      await page.evaluate(() => document.querySelector('[data-testid=turns]').scrollIntoView({ block: 'start' }));
    };
    await shoot('console-turns', size, language, `/console#${sessionId}`, queue);
    await shoot('console-turns-switch', size, language, `/console#${sessionId}`, async (page) => {
      await page.waitForSelector('[data-testid=switch-auto]');
      await page.evaluate(() => document.querySelector('[data-testid=switch-turns]').scrollIntoView({ block: 'center' }));
    });
    await shoot('director-turns', size, language, `/director#${sessionId}`, queue);
    await shoot('director-turns-word', size, language, `/director#${sessionId}`, async (page) => {
      await queue(page);
      mock.state.turnsJudged = [];
      await page.click('[data-testid=turn-waiting] [data-testid=turn-word]');
      await page.fill('[data-testid=turn-wording]', draft);
      await page.evaluate(() => document.querySelector('[data-testid=turn-wording]').scrollIntoView({ block: 'center' }));
    });
  }
  mock.state.turns = { beat: 3, open: false, waiting: 0, groups: [] };
}
