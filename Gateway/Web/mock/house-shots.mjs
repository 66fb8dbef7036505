/** Pictures of the house view and of a show's insights: on a desk, a tablet and a phone. */
import { insights } from './house-scenes.mjs';
import { sessionId } from './scenes.mjs';

export async function houseShots({ language, mock, scene, shoot }) {
  const there = (page) => page.waitForSelector('[data-testid=house-total]');
  for (const size of ['laptop', 'tablet', 'phone']) {
    for (const name of ['well', 'trouble', 'empty']) {
      mock.state.house = name;
      await shoot(`house-${name}`, size, language, '/house', there, { seat: false });
    }
    mock.state.insights = insights;
    await shoot('insights', size, language, `/insights#${sessionId}`, (page) => page.waitForSelector('[data-testid=insights-show]'), { seat: false });
    await shoot('insights-whole', size, language, `/insights#${sessionId}`, async (page) => {
      await page.click('[data-testid=insights-arc] summary');
      await page.setViewportSize({ width: page.viewportSize().width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
    }, { seat: false });
    await shoot('insights-ahead', size, language, `/insights#${sessionId}`, (page) => page.locator('[data-testid=insights-ahead]').evaluate((section) => section.scrollIntoView()), { seat: false });
    mock.state.insights = { ...insights, speculation: null, cut: true, rounds: [], feelings: [], deadAirMs: 0, fallbacks: 0, fallbackReasons: [], pausedMs: 0, beats: insights.beats.slice(0, 1).map((beat) => ({ ...beat, deadAirMs: 0 })) };
    await shoot('insights-short', size, language, `/insights#${sessionId}`, (page) => page.waitForSelector('[data-testid=insights-show]'), { seat: false });
  }
  await shoot('insights-none', 'tablet', language, '/insights', (page) => page.waitForSelector('[data-testid=insights-trouble]'), { seat: false });
  mock.state.house = 'trouble';
  mock.state.insights = insights;
  scene('round');
  await shoot('console-alarms', 'tablet', language, `/console#${sessionId}`, (page) => page.waitForSelector('[data-testid=alarm]'));
  mock.state.house = 'well';
}
