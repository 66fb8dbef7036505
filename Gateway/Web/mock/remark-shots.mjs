import { heldRemarks } from './remark-scenes.mjs';

/** Remarks on every page: written, waiting, on the wall, and where they must not be. */
export async function remarkShots({ language, ready, scene, shoot, mock, sessionId }) {
  const write = (words) => async (page) => {
    await ready(page);
    await page.click('[data-testid=remark-open]');
    await page.fill('[data-testid=remark-words]', words);
  };
  const send = (words, state) => async (page) => {
    await write(words)(page);
    await page.click('[data-testid=remark-send]');
    await page.waitForSelector(`[data-testid=remark][data-state=${state}]`);
  };
  const draft = language === 'zh' ? '别信他，船长在说谎' : 'Do not believe him, he knew';
  for (const [size, tag, options] of [['phone', '', {}], ['small', '', {}], ['wide', '', {}], ['phone', '-big', { zoom: 2 }], ['phone', '-forced', { media: { forcedColors: 'active' } }]]) {
    scene('remark-quiet');
    await shoot(`play-remark${tag}`, size, language, '/play', ready, options);
    await shoot(`play-remark-write${tag}`, size, language, '/play', write(draft), options);
    await shoot(`play-remark-over${tag}`, size, language, '/play', write('x'.repeat(93)), options);
    mock.state.sentRemarks = [];
    await shoot(`play-remark-sent${tag}`, size, language, '/play', send(draft, 'sent'), options);
    mock.state.sentRemarks = [];
    await shoot(`play-remark-shown${tag}`, size, language, '/play', async (page) => {
      await send(draft, 'sent')(page);
      scene('remark-own');
      await page.waitForSelector('[data-testid=remark][data-state=shown]');
    }, options);
    scene('remark-quiet');
    mock.state.onRemark = () => ({ id: null, againMs: 0, refusal: { code: 'muted', sentence: { en: 'The hall\u2019s staff are taking no remarks or feelings from this seat. Your vote counts as before.', zh: '工作人员暂不接收这个座位的留言和感受。您的投票照常有效。' } } });
    await shoot(`play-remark-muted${tag}`, size, language, '/play', async (page) => {
      await write(draft)(page);
      await page.click('[data-testid=remark-send]');
      await page.waitForSelector('[data-testid=remark-trouble]:not(:empty)');
    }, options);
    mock.state.onRemark = null;
    scene('remark-lobby');
    await shoot(`play-remark-lobby${tag}`, size, language, '/play', async (page) => {
      await ready(page);
      await page.evaluate(() => document.querySelector('[data-testid=remark]').scrollIntoView({ block: 'end' }));
    }, options);
    scene('remark-round');
    await shoot(`play-remark-round${tag}`, size, language, '/play', async (page) => {
      await ready(page);
      if (await page.$('[data-testid=remark]')) throw new Error('a composer stands beside a vote');
    }, options);
    scene('no-feelings');
    await shoot(`play-no-feelings${tag}`, size, language, '/play', async (page) => {
      await ready(page);
      if (await page.$('[data-testid=feelings]')) throw new Error('feelings are off and the faces are there');
    }, options);
  }

  for (const [wallLanguages, tag] of [[['en', 'zh'], 'both'], [[language], 'one']]) {
    for (const name of ['remark-lobby', 'remark-beat', 'remark-long', 'remark-wide', 'remark-odd']) {
      scene(name, { wallLanguages, language: wallLanguages[0] });
      await shoot(`wall-${name}-${tag}`, 'wall', language, '/wall#wall', (page) => page.waitForSelector('[data-testid=wall-remark]'), { scrolls: false });
    }
    scene('remark-round', { wallLanguages, language: wallLanguages[0] });
    await shoot(`wall-remark-round-${tag}`, 'wall', language, '/wall#wall', async (page) => {
      await page.waitForSelector('[data-testid=wall-stage][data-round=Open]');
      if (await page.$('[data-testid=wall-remark]')) throw new Error('a remark stands over a vote');
    }, { scrolls: false });
  }

  mock.state.signedIn = true;
  for (const size of ['desk', 'phone']) {
    scene('remark-beat');
    mock.state.remarks = heldRemarks(Date.now());
    const queue = async (page) => {
      await page.waitForSelector('[data-testid=remark-waiting]');
      await page.evaluate(() => document.querySelector('[data-testid=remarks]').scrollIntoView({ block: 'center' }));
    };
    await shoot('console-remarks', size, language, `/console#${sessionId}`, queue);
    await shoot('console-remarks-keys', size, language, `/console#${sessionId}`, async (page) => {
      await queue(page);
      mock.state.judged = [];
      await page.focus('[data-testid=remark-waiting] [data-testid=remark-approve]');
      for (const key of ['j', 'a', 'ArrowDown', 'k', 'r']) await page.keyboard.press(key);
      await page.waitForFunction(() => document.querySelectorAll('[data-testid=remark-waiting]').length === 4);
      const judged = mock.state.judged.map(({ verdict }) => verdict).join();
      if (judged !== 'Approve,Reject') throw new Error(`the keys judged ${judged}`);
      if (!(await page.evaluate(() => document.activeElement.matches('[data-testid=remark-waiting]')))) throw new Error('the keys lost their place');
    });
    scene('beat');
    mock.state.remarks = [];
    await shoot('console-remarks-off', size, language, `/console#${sessionId}`, async (page) => {
      await page.waitForSelector('[data-testid=remarks-off]');
      await page.evaluate(() => document.querySelector('[data-testid=switch-remarks]').scrollIntoView({ block: 'center' }));
    });
  }
  await shoot('console-mute', 'desk', language, `/console#${sessionId}`, async (page) => {
    await page.fill('[data-testid=seat-number]', '17');
    await page.click('[data-testid=seat-mute]');
  });
  mock.state.remarks = heldRemarks(Date.now());
}
