/** The cardboard gateway's accounts and audit log. */
const refuse = (code, en, zh) => ({ code, sentence: { en, zh } });
const hour = 3600_000;

const entries = (sessionId) => [
  ['Commanded', 'ana', { session: sessionId, what: 'End', reason: 'fire drill' }],
  ['Commanded', 'ana', { session: sessionId, what: 'Resume', refused: 'wrong-phase' }],
  ['Commanded', 'ana', { session: sessionId, what: 'Pause', reason: '前排有观众不适，请医护人员进场' }],
  ['Commanded', 'ana', { session: sessionId, what: 'Start' }],
  ['SessionScheduled', 'ana', { session: sessionId, what: 'last-ferry' }],
  ['SignedIn', 'ana', {}],
  ['SignInRefused', 'ana', { refused: 'wrong-password', times: 3 }],
  ['PasswordChanged', 'ana', {}],
  ['AccountMade', 'operator', { about: 'ana', what: 'operator director', reason: "Saturday's operator" }],
  ['SignInRefused', '', { refused: 'wrong-password' }],
  ['SignedIn', 'operator', {}],
];

/** The routes; `state` has the account that is signed in. */
export function staffRoutes(state, sessionId) {
  state.roles = ['operator', 'director', 'admin'];
  state.mustChange = false;
  state.accounts = [
    { name: 'ana', roles: ['operator', 'director', 'admin'], sinceMs: Date.UTC(2026, 1, 3, 19), mustChange: false },
    { name: 'bo', roles: ['operator'], sinceMs: Date.UTC(2026, 1, 7, 18, 30), mustChange: true },
    { name: 'li.wei', roles: ['director'], sinceMs: Date.UTC(2026, 0, 11, 9), mustChange: false },
  ];
  return {
    'GET /api/me': () => (state.signedIn ? [200, { name: 'ana', roles: state.roles, mustChange: state.mustChange }] : [401, refuse('sign-in', 'Sign in first.', '请先登录。')]),
    'POST /api/me/password': (body) => {
      if (body.old !== 'popcorn') return [401, refuse('wrong-password', 'The old password is wrong.', '旧密码不正确。')];
      if (body.wanted.length < 10) return [400, refuse('weak-password', 'The new password needs at least 10 characters. Three or four words in a row are good.', '新密码至少需要 10 个字符。三四个词连起来就很好。')];
      state.mustChange = false;
      return [204];
    },
    'GET /api/accounts': () => [200, state.accounts],
    'POST /api/accounts': (body) => [201, { name: body.name.trim().toLowerCase(), password: 'buso-kita-ramo-jeza' }],
    'POST /api/accounts/ana/remove': () => [409, refuse('last-admin', 'This is the last admin. Make another account an admin first.', '这是最后一位管理员。请先将另一个账号设为管理员。')],
    'POST /api/accounts/bo/password': () => [200, { name: 'bo', password: 'dehi-moru-kasa-vipe' }],
    'GET /api/audit': (_, query) => {
      const all = entries(sessionId).map(([act, by, more], at, { length }) => ({ number: length - at, entry: { atMs: Date.UTC(2026, 1, 7, 21) - at * hour / 7, act, by, ...more } }));
      const person = query.get('person');
      const rows = all.filter(({ entry }) => !person || entry.by === person || entry.about === person);
      return [200, { rows, next: rows.length === 0 ? 0 : 12 }];
    },
  };
}
