/** Photographs of what comes before a show. */
import { preflight } from './preflight.mjs';
import { sessionId } from './scenes.mjs';

export async function beforeShots({ language, mock, scene, shoot }) {
  const tried = mock.state.signedIn;
  mock.state.signedIn = true;
  const checked = (page) => page.waitForSelector('[data-testid=check-journal][data-verdict]');
  for (const size of ['desk', 'phone']) {
    scene('scheduled', { scheduledMs: Date.now() + 14 * 60_000 });
    mock.state.preflight = preflight.mixed;
    await shoot('before-check', size, language, `/console#${sessionId}`, checked);
    mock.state.preflight = preflight.ready;
    await shoot('before-ready', size, language, `/console#${sessionId}`, checked);
    scene('lobby', { rehearsal: true, scheduledMs: Date.now() - 5 * 60_000, rating: 'G' });
    await shoot('before-rehearsal', size, language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=rehearsal]'));
    scene('scheduled');
    await shoot('before-list', size, language, '/console', (page) => page.waitForSelector('[data-testid=session-copy]'));
    await shoot('before-new', size, language, '/console', async (page) => {
      await page.waitForSelector('[data-testid=new-rating]');
      await page.check('[data-testid=new-rehearsal]');
      await page.fill('[data-testid=new-minutes]', '18');
      await page.selectOption('[data-testid=new-rating]', 'G');
      await page.evaluate(() => document.querySelector('[data-testid=new-viewers]').scrollIntoView({ block: 'end' }));
    });
    await shoot('before-copy', size, language, `/console#new=${sessionId.replace('0197', '0193')}`, (page) => page.waitForSelector('[data-testid=new-like]'));
  }
  scene('ended');
  await shoot('before-ended', 'desk', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=copy]'));
  for (const wallLanguages of [['en', 'zh'], [language]]) {
    scene('scheduled', { wallLanguages, language: wallLanguages[0] });
    mock.state.test = { n: 1, phase: 'Scheduled', untilMs: Date.now() + 600_000, tone: false };
    await shoot(`wall-test-${wallLanguages.length}`, 'wall', language, '/wall#wall', (page) => page.waitForSelector('[data-testid=wall-test]'), { scrolls: false });
    mock.state.test = null;
  }
  scene('lobby', { rehearsal: true });
  await shoot('wall-rehearsal', 'wall', language, '/wall#wall', (page) => page.waitForSelector('[data-testid=wall-rehearsal]'), { scrolls: false });
  mock.state.signedIn = tried;
}
