/** Pictures of drafting: the list, a draft part by part, the advice, the shelf, and what is said when things go wrong. */
import { draftDesk } from './draft-scenes.mjs';

export async function draftShots({ language, mock, shoot }) {
  const tried = mock.state.signedIn;
  const roles = mock.state.roles;
  const at = (part) => `/drafts#the-last-letter${part ? `/${part}` : ''}`;
  const there = (page) => page.waitForSelector('[data-testid=part]');
  const click = (...ids) => async (page) => {
    await page.waitForSelector('[data-testid=part], [data-testid=drafts]');
    for (const id of ids) await page.click(`[data-testid=${id}]`);
  };
  for (const size of ['desk', 'phone']) {
    const take = (name, path, steps, kind = 'begun', more = {}) => {
      mock.state.signedIn = true;
      mock.state.drafts = { ...draftDesk(kind), ...more };
      return shoot(`drafts-${name}`, size, language, path, steps, { seat: false });
    };
    const whole = async (page) => page.setViewportSize({ width: page.viewportSize().width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
    await take('list', '/drafts', (page) => page.waitForSelector('[data-testid=draft-open]'));
    await take('empty', '/drafts', (page) => page.waitForSelector('[data-testid=no-drafts]'), 'empty');
    await take('remove', '/drafts', click('draft-remove'));
    await take('part', at('opening'), there);
    await take('cast', at('cast'), there);
    await take('places', at('places'), there);
    await take('canon', at('canon'), there);
    await take('acts', at('acts'), there);
    await take('head', at('head'), there);
    await take('note', at('claim'), there);
    await take('all', at('opening'), click('accept-all'));
    await take('edit', at('opening'), async (page) => {
      await click('part-edit')(page);
      await whole(page);
    });
    await take('edit-text', at('opening'), click('part-edit', 'edit-text'));
    await take('edit-moved', at('opening'), async (page) => {
      await click('part-edit')(page);
      await page.fill('[data-testid=edit-question-en]', 'What now?');
      await page.click('[data-testid=edit-save]');
      await page.waitForSelector('[data-testid=edit-moved]');
      await page.evaluate(() => document.querySelector('[data-testid=edit-moved]').scrollIntoView({ block: 'center' }));
    }, 'begun', { moved: true });
    await take('advice', at('claim'), async (page) => {
      await click('advise')(page);
      await page.waitForSelector('[data-testid=advice-sheet]');
      await whole(page);
    });
    await take('no-other', at('head'), async (page) => {
      await click('part-another')(page);
      await page.waitForSelector('[data-testid=draft-trouble]:not(:empty)');
    });
    await take('model', at('opening'), async (page) => {
      await there(page);
      await page.route('**/parts/opening', () => new Promise(() => {}));
      await page.click('[data-testid=part-another]');
      await page.waitForSelector('[data-testid=part-writing]');
      await page.evaluate(() => document.querySelector('[data-testid=part-writing]').scrollIntoView({ block: 'center' }));
    }, 'begun', { model: 'qwen3' });
    await take('whole', at('opening'), there, 'whole');
    await take('shelved', at('opening'), async (page) => {
      await click('shelve')(page);
      await page.waitForSelector('[data-testid=shelved]');
      await whole(page);
    }, 'whole');
    await take('taken', at('opening'), async (page) => {
      await click('accept-all', 'sure-yes', 'shelve')(page);
      await page.waitForSelector('[data-testid=draft-trouble]:not(:empty)');
    }, 'taken');
    await take('gone', '/drafts#nobody', (page) => page.waitForSelector('[data-testid=draft-trouble]:not(:empty)'));
    await take('file', '/drafts', async (page) => {
      await page.waitForSelector('[data-testid=begin-file]');
      await page.setInputFiles('[data-testid=begin-file]', { name: 'night-ferry.fountain', mimeType: 'text/plain', buffer: Buffer.from('Title: Night Ferry\n') });
      await page.waitForSelector('[data-testid=begin-brought]');
      await page.click('[data-testid=begin-go]');
      await page.waitForSelector('[data-testid=begin-error]:not(:empty)');
      await page.evaluate(() => document.querySelector('[data-testid=begin-go]').scrollIntoView({ block: 'end' }));
    });
    await take('not-text', '/drafts', async (page) => {
      await page.waitForSelector('[data-testid=begin-file]');
      await page.setInputFiles('[data-testid=begin-file]', { name: 'night-ferry.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
      await page.waitForSelector('[data-testid=begin-error]:not(:empty)');
      await page.evaluate(() => document.querySelector('[data-testid=begin-go]').scrollIntoView({ block: 'end' }));
    });
    // Signed out in the midst: what was being written is there again after signing in.
    await take('signed-out', at('opening'), async (page) => {
      await click('part-edit')(page);
      await page.fill('[data-testid=edit-question-en]', 'What would you do?');
      mock.state.signedIn = false;
      await page.click('[data-testid=edit-save]');
      await page.fill('[data-testid=sign-in-name]', 'ana');
      await page.fill('[data-testid=sign-in-password]', 'popcorn');
      await page.click('[data-testid=sign-in]');
      await page.waitForSelector('[data-testid=part-form]');
      const kept = await page.inputValue('[data-testid=edit-question-en]');
      if (kept !== 'What would you do?') throw new Error(`drafts-signed-out: the words are lost: ${kept}`);
    });
    mock.state.roles = ['operator'];
    await take('not-director', '/drafts', (page) => page.waitForSelector('[data-testid=not-director]'));
    mock.state.roles = roles;
  }
  mock.state.signedIn = tried;
}
