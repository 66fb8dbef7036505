/**
 * A gateway made of cardboard: serves the built pages under the real content policy and plays one scene at a time.
 * Development and tests only. `npm run build && npm run mock`, then `POST /mock/scene?name=round`.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serveHubs, silence } from './hub.mjs';
import { film, scenes, sessionId, tallyOf } from './scenes.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const pages = { '/': 'index.html', '/play': 'play.html', '/wall': 'wall.html', '/console': 'console.html' };
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** What the gateway should send with every page. */
export const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self' ws: wss:",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

export function createMock({ scene = 'lobby', terms = {} } = {}) {
  const state = {
    scene, terms, stage: null, tally: null, seq: 1, standing: { n: 0, choice: '' }, version: 1041, sealed: false,
    signedIn: false, shown: [], feels: [], casts: [], joins: 0, operations: [], tickets: new Set(['viewer-0', 'wall']),
    /** Replaces the answer of Cast. @type {((ballot: { round: number, choice: number[], n: number }) => unknown) | null} */
    onCast: null,
    /** Replaces the answer of joining. @type {[number, unknown] | null} */
    refuseJoin: null,
  };

  function play(name, more = {}) {
    state.scene = name;
    state.terms = { ...terms, ...more };
    state.stage = { ...scenes[name](Date.now(), state.terms), seq: ++state.seq };
    const tally = tallyOf(state.stage);
    state.tally = tally && { ...tally, seq: ++state.seq };
    state.sealed = state.stage.round !== null && state.stage.round.state !== 'Open';
    push();
  }

  function push() {
    for (const client of hubs.clients) {
      client.send('stage', state.stage);
      if (state.tally) client.send('tally', state.tally);
    }
  }

  const receipt = (status) => ({
    status, round: state.stage.round?.round ?? 0, seat: 17, n: state.standing.n, choice: state.standing.choice, shard: 0,
    version: state.standing.n === 0 ? 0 : state.version,
  });

  function cast(ballot) {
    state.casts.push(ballot);
    if (state.onCast) return state.onCast(ballot);
    if (state.stage.phase === 'Paused') return { receipt: null, refusal: { code: 'held', sentence: { en: 'The show is held.', zh: '演出暂停。' } } };
    if (!state.stage.round || state.sealed) return { receipt: receipt('Closed'), refusal: null };
    const choice = ballot.choice.join('+');
    if (ballot.n > state.standing.n) {
      const before = state.standing.choice;
      state.standing = { n: ballot.n, choice };
      state.version++;
      const counts = [...state.tally.counts];
      if (before !== '') for (const one of before.split('+')) counts[one]--;
      for (const one of ballot.choice) counts[one]++;
      state.tally = { ...state.tally, counts, voters: state.tally.voters + (before === '' ? 1 : 0), seq: ++state.seq };
      for (const client of hubs.clients) client.send('tally', state.tally);
      return { receipt: receipt('Counted'), refusal: null };
    }
    const same = ballot.n === state.standing.n && choice === state.standing.choice;
    return { receipt: receipt(same ? 'Counted' : 'Stale'), refusal: null };
  }

  const health = () => [
    { deadAirMs: 0, preparedOptions: 3, fallbacks: 1, wallSeenMs: Date.now() - 4200 },
    { phones: state.stage.present, walls: 1, votesPerSecond: 23.4, ackP99Ms: 18.2, queued: 0, slow: 2 },
  ];

  const clock = (_, sent) => ({ sent, server: Date.now() });
  const methods = {
    audience: {
      Now: () => ({ stage: state.stage, tally: state.tally, receipt: state.stage.round ? receipt(state.sealed ? 'Closed' : 'Counted') : null, seat: 17 }),
      Cast: (_, ballot) => cast(ballot),
      Feel: (_, feel) => void state.feels.push(feel) ?? { refusal: null },
      Clock: clock,
    },
    wall: {
      Now: () => ({ stage: state.stage, tally: state.tally }),
      Clock: clock,
      Shown: (_, shown) => void state.shown.push(shown),
    },
    console: {
      Watch: () => ({ stage: state.stage, tally: state.tally, health: health()[0], gateway: health()[1] }),
      Operate: (_, operation) => {
        state.operations.push(operation);
        const next = { Open: 'lobby', Start: 'beat', Pause: 'paused', Resume: 'beat', Extend: 'round', End: 'ended' }[operation.action];
        if (operation.action === 'Extend' && !state.stage.round) return { refusal: { code: 'wrong-phase', sentence: { en: 'No vote is open.', zh: '现在没有投票。' } } };
        play(next, state.terms);
        return { refusal: null };
      },
      Clock: clock,
    },
  };

  const refuse = (code, en, zh) => ({ code, sentence: { en, zh } });
  const routes = {
    'POST /api/join': (body) => {
      state.joins++;
      if (state.refuseJoin) return state.refuseJoin;
      if (body.code !== 'K7MX4P') return [404, refuse('unknown-code', 'No show has this code. Check it against the big screen.', '没有这个代码的场次，请对照大银幕再看一遍。')];
      const ticket = `viewer-${state.joins}`;
      state.tickets.add(ticket);
      return [200, { ticket, device: body.device ?? 'device-1', session: sessionId, seat: 17, expiresMs: Date.now() + 4 * 3600_000 }];
    },
    'POST /api/sign-in': (body) => (state.signedIn = body.password === 'popcorn') ? [204] : [401, refuse('wrong-password', 'Name and password do not match.', '用户名或密码不对。')],
    'POST /api/sign-out': () => ((state.signedIn = false), [204]),
    'GET /api/me': () => (state.signedIn ? [200, { name: 'ana', roles: ['operator'] }] : [401, refuse('sign-in', 'Sign in first.', '请先登录。')]),
    'GET /api/films': () => [200, [film]],
    'GET /api/sessions': () => [200, [
      { session: sessionId, joinCode: 'K7MX4P', createdMs: Date.now() - 600_000, phase: state.stage.phase, title: film.title },
      { session: sessionId.replace('0197', '0196'), joinCode: 'R2WQ9H', createdMs: Date.now() - 9e7, phase: 'Ended', title: film.title },
    ]],
    'POST /api/sessions': () => [201, { session: sessionId, joinCode: 'K7MX4P', createdMs: Date.now() }],
    [`POST /api/sessions/${sessionId}/wall-ticket`]: () => [200, { ticket: 'wall', url: '/wall#wall' }],
    'GET /api/hall': () => [200, { origin: 'http://192.168.1.20:5080', version: 'mock', languages: ['en', 'zh'] }],
    'POST /mock/scene': (_, query) => (play(query.get('name'), Object.fromEntries([...query].filter(([key]) => key !== 'name').map(([key, value]) => [key, key === 'wallLanguages' ? value.split(',') : value]))), [204]),
    'POST /mock/vote': (body) => ((state.standing = body), [204]),
    'POST /mock/drop': () => (api.drop(), [204]),
    'GET /mock/state': () => [200, { shown: state.shown, feels: state.feels, casts: state.casts, operations: state.operations }],
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    const headers = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
    const route = routes[`${request.method} ${url.pathname}`];
    if (route) {
      let text = '';
      for await (const part of request) text += part;
      const [status, body] = route(text ? JSON.parse(text) : {}, url.searchParams);
      response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
      return;
    }
    if (url.pathname.endsWith('/join.svg')) {
      response.writeHead(200, { ...headers, 'content-type': types['.svg'] }).end(cardboardCode());
      return;
    }
    const path = normalize(join(dist, pages[url.pathname] ?? url.pathname));
    try {
      if (!path.startsWith(dist)) throw new Error('outside');
      const file = await readFile(path);
      response.writeHead(200, { ...headers, 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(file);
    } catch {
      response.writeHead(404, headers).end();
    }
  });

  const hubs = serveHubs(server, {
    admit: (request) => {
      const url = new URL(request.url, 'http://mock');
      // A browser cannot set headers on a WebSocket, so its ticket is in the query; SignalR under Node sends a header.
      const ticket = url.searchParams.get('access_token') ?? request.headers.authorization?.replace('Bearer ', '');
      return url.pathname.endsWith('/console') ? state.signedIn : state.tickets.has(ticket);
    },
    methods,
  });
  const beating = setInterval(() => {
    for (const client of hubs.clients) if (client.hub === 'console') client.send('health', ...health());
  }, 1000);
  beating.unref();
  play(scene);

  const api = {
    state, play, push, hubs, silence, receipt, cast,
    drop: () => hubs.clients.forEach((client) => client.ws.terminate()),
    listen: (port = 0) => new Promise((done) => server.listen(port, '127.0.0.1', () => done(server.address().port))),
    close: () => {
      clearInterval(beating);
      api.drop();
      hubs.close();
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
  return api;
}

/** Looks like a QR code of a join address; is none. */
function cardboardCode() {
  const size = 29;
  let path = '';
  const finder = (x, y) => (x < 7 && y < 7) || (x > size - 8 && y < 7) || (x < 7 && y > size - 8);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (!finder(x, y) && (x * 7 + y * 13 + ((x * y) % 5) * 3) % 3 === 0) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  for (const [x, y] of [[4, 4], [size - 3, 4], [4, size - 3]]) path += `M${x} ${y}h7v7h-7zM${x + 1} ${y + 1}v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size + 8} ${size + 8}"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" fill-rule="evenodd" d="${path}"/></svg>`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const port = await createMock({ scene: process.argv[2] ?? 'lobby' }).listen(Number(process.env.PORT ?? 5080));
  console.log(`http://127.0.0.1:${port}/?code=K7MX4P  (staff password: popcorn)`);
}
