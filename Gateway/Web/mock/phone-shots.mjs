/** The phone's own pictures: each moment upright, sideways, small, with very large words, and in the reader's own colours. */
export async function phoneShots({ language, ready, scene, shoot, still }) {
  const mixed = { 0: '0', 1: '0', 3: '2', 4: '0' };
  const to = (selector) => async (page) => {
    await ready(page);
    await page.evaluate((what) => document.querySelector(what).scrollIntoView({ block: 'center' }), selector);
  };
  const forms = [['phone', '', {}], ['small', '', {}], ['wide', '', {}], ['phone', '-big', { zoom: 2 }], ['small', '-big', { zoom: 2 }], ['phone', '-forced', { media: { forcedColors: 'active' } }]];
  for (const [size, tag, options] of forms) {
    scene('lobby-practice');
    await shoot(`play-practice${tag}`, size, language, '/play', ready, options);
    await shoot(`play-practised${tag}`, size, language, '/play', still(`play-practised${tag}-${size}-${language}`, async (page) => {
      await page.click('[data-testid=option-1]');
      await page.waitForSelector('[data-testid=practice] [data-status=recorded]');
    }), options);
    scene('practice-decided');
    await shoot(`play-practice-over${tag}`, size, language, '/play', ready, options);
    scene('beat');
    await shoot(`play-dim${tag}`, size, language, '/play', ready, options);
    await shoot(`play-along${tag}`, size, language, '/play', async (page) => {
      await ready(page);
      await page.click('[data-testid=along]');
      await page.waitForSelector('[data-testid=lines]');
    }, options);
    scene('wall-lost');
    await shoot(`play-wall-lost${tag}`, size, language, '/play', (page) => page.waitForSelector('[data-testid=wall-lost]'), options);
    scene('round');
    await shoot(`play-choosing${tag}`, size, language, '/play', still(`play-choosing${tag}-${size}-${language}`, async (page) => {
      await page.click('[data-testid=option-2]');
      await page.waitForSelector('[data-status=recorded]');
    }), options);
    scene('decided-close');
    await shoot(`play-close${tag}`, size, language, '/play', ready, { votes: { 3: '1' }, ...options });
    await shoot(`play-close-lost${tag}`, size, language, '/play', ready, { votes: { 3: '0' }, ...options });
    await shoot(`play-just-came${tag}`, size, language, '/play', async (page) => {
      await ready(page);
      await page.waitForSelector('[data-testid=own-vote]');
    }, { late: true, ...options });
    scene('ended-mine');
    await shoot(`play-end${tag}`, size, language, '/play', ready, { votes: mixed, ...options });
    await shoot(`play-mine${tag}`, size, language, '/play', to('[data-testid=mine]'), { votes: mixed, ...options });
    await shoot(`play-roads${tag}`, size, language, '/play', to('[data-testid=roads]'), { votes: mixed, ...options });
    await shoot(`play-epilogue${tag}`, size, language, '/play', to('[data-testid=epilogue]'), { votes: mixed, ...options });
    await shoot(`play-epilogue-quiet${tag}`, size, language, '/play', to('[data-testid=epilogue]'), options);
  }
  // In motion: the glow when the hall is asked.
  scene('round');
  await shoot('play-glow', 'phone', language, '/play', async (page) => {
    await ready(page);
    await page.waitForTimeout(300);
  }, { media: { reducedMotion: 'no-preference' } });
}
