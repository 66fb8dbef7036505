/**
 * A gateway made of cardboard: serves the built pages under the real content policy and plays one scene at a time.
 * Development and tests only. `npm run build && npm run mock`, then `POST /mock/scene?name=round`.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { draftDesk, draftRoutes } from './draft-scenes.mjs';
import { houses, insights } from './house-scenes.mjs';
import { serveHubs, silence } from './hub.mjs';
import { preflight } from './preflight.mjs';
import { script } from './director-scene.mjs';
import { heldRemarks, remarkStandings as order } from './remark-scenes.mjs';
import { turnQueue } from './turn-scenes.mjs';
import { staffRoutes } from './staff.mjs';
import { film, record, recording, scenes, sessionId, tallyOf, told } from './scenes.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const pages = { '/': 'index.html', '/play': 'play.html', '/wall': 'wall.html', '/console': 'console.html', '/record': 'record.html', '/replay': 'replay.html', '/cards': 'cards.html', '/house': 'house.html', '/insights': 'insights.html', '/director': 'director.html', '/drafts': 'drafts.html' };
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** What the gateway should send with every page. */
export const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self' ws: wss:",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

export function createMock({ scene = 'lobby', terms = {} } = {}) {
  const state = {
    scene, terms, stage: null, tally: null, seq: 1, standing: { n: 0, choice: '' }, version: 1041, sealed: false,
    signedIn: false, shown: [], directions: [], feels: [], casts: [], joins: 0, operations: [], tickets: new Set(['viewer-0', 'wall']),
    /** Replaces the answer of Cast. @type {((ballot: { round: number, choice: number[], n: number }) => unknown) | null} */
    onCast: null,
    /** Replaces the answer of joining. @type {[number, unknown] | null} */
    refuseJoin: null,
    /** What the journal says of itself; null: this gateway does not tell. */
    journal: null,
    banned: [23],
    /** Which house a console sees. */
    house: 'well',
    insights,
    drafts: draftDesk(),
    muted: [41],
    remarks: heldRemarks(Date.now()),
    sentRemarks: [], judged: [],
    turns: turnQueue(Date.now()), ownTurn: null, turnsJudged: [],
    /** Replaces the answer of Remark. @type {((words: string) => unknown) | null} */
    onRemark: null,
    preflight: preflight.mixed,
    test: null,
    tested: [],
    record,
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
    version: state.standing.n === 0 ? 0 : state.version, proof: state.standing.n === 0 ? '' : `K7QMX-3PDA${state.standing.n % 10}`,
  });

  function cast(ballot) {
    state.casts.push(ballot);
    if (state.onCast) return state.onCast(ballot);
    if (state.stage.phase === 'Paused') return { receipt: null, refusal: { code: 'held', sentence: { en: 'The show is held.', zh: '演出暂停。' } } };
    if (!state.stage.round || state.sealed) return { receipt: receipt('Closed'), refusal: null };
    const choice = ballot.choice.length === 0 ? '-' : ballot.choice.join(state.stage.round.rule === 'Ranked' ? '>' : '+');
    if (ballot.n > state.standing.n) {
      const before = state.standing.choice;
      state.standing = { n: ballot.n, choice };
      state.version++;
      const counts = [...state.tally.counts];
      const backed = (text) => (text === '' || text === '-' ? [] : text.includes('>') ? [text[0]] : text.split('+'));
      if (counts.length > 0) {
        for (const one of backed(before)) counts[one]--;
        for (const one of backed(choice)) counts[one]++;
      }
      state.tally = { ...state.tally, counts, voters: state.tally.voters + (before === '' ? 1 : 0), seq: ++state.seq };
      for (const client of hubs.clients) client.send('tally', state.tally);
      return { receipt: receipt('Counted'), refusal: null };
    }
    const same = ballot.n === state.standing.n && choice === state.standing.choice;
    return { receipt: receipt(same ? 'Counted' : 'Stale'), refusal: null };
  }

  const health = () => [
    { coming: [0, 1, 2, 3].map((option) => ({ option, writer: option === 3 ? null : 'storylet' })), curve: [0.2, 0.35, 0.3, 0.58].map((told, beat) => ({ beat, wanted: 0.18 + 0.15 * beat, told, felt: beat < 3 ? 0.3 + 0.1 * beat : null })), credit: { writer: 'qwen2.5-7b-instruct', fallback: 'None', writing: { endpoint: 'booth', model: 'qwen2.5-7b-instruct', prompt: 'beat-1.en', tokensIn: 3120, tokensOut: 412, tookMs: 6840, repaired: null } }, deadAirMs: 0, preparedOptions: 3, fallbacks: 1, wallSeenMs: Date.now() - 4200, ...(state.journal ? { journal: state.journal } : {}) },
    { phones: state.stage.present, walls: 1, votesPerSecond: 23.4, ackP99Ms: 18.2, queued: 0, slow: 2 },
  ];

  const clock = (_, sent) => ({ sent, server: Date.now() });
  const methods = {
    audience: {
      Now: () => ({ stage: state.stage, tally: state.tally, receipt: state.stage.round ? receipt(state.sealed ? 'Closed' : 'Counted') : null, seat: 17 }),
      Cast: (_, ballot) => cast(ballot),
      Remark: (_, { words }) => {
        state.sentRemarks.push(words);
        return state.onRemark?.(words) ?? { id: `00000000-0000-7000-8000-0000000000${10 + state.sentRemarks.length}`, againMs: Date.now() + 20_000, refusal: null };
      },
      Suggest: (_, { words }) => {
        state.ownTurn = { id: '00000000-0000-7000-8000-0000000000a1', words, standing: 'Waiting', others: 0, option: null };
        return { id: state.ownTurn.id, againMs: Date.now() + 15_000, refusal: null };
      },
      Suggested: () => state.ownTurn,
      Feel: (_, feel) => void state.feels.push(feel) ?? { refusal: null },
      Clock: clock,
    },
    wall: {
      Now: () => ({ stage: state.stage, tally: state.tally, test: state.test && { ...state.test, tone: false } }),
      Clock: clock,
      Tested: (_, report) => void state.tested.push(report),
      Shown: (_, shown) => void state.shown.push(shown),
    },
    console: {
      Watch: () => ({ stage: state.stage, tally: state.tally, health: health()[0], gateway: health()[1] }),
      WatchHouse: () => houses[state.house](Date.now()),
      Remarks: () => {
        const waiting = state.remarks.filter(({ standing }) => standing === 'Waiting');
        return { waiting: waiting.length, approved: state.remarks.filter(({ standing }) => standing === 'Approved').length, remarks: state.remarks };
      },
      Judge: (_, { remark, verdict }) => {
        state.judged.push({ remark, verdict });
        const one = state.remarks.find(({ id }) => id === remark);
        if (verdict === 'Approve' && one) state.remarks = [...state.remarks.filter(({ id }) => id !== remark), { ...one, standing: 'Approved' }].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
        else state.remarks = state.remarks.filter(({ id }) => id !== remark);
        return { refusal: null };
      },
      Turns: () => state.turns,
      JudgeTurn: (_, { suggestion, verdict, words }) => {
        state.turnsJudged.push({ suggestion, verdict, words });
        const to = { Approve: 'Approved', Reject: 'Rejected', Withdraw: 'Waiting' }[verdict];
        state.turns = { ...state.turns, groups: state.turns.groups.map((one) => (one.id === suggestion ? { ...one, standing: to, ...(words ? { words, byDirector: true } : {}) } : one)) };
        return { refusal: null };
      },
      Operate: (_, operation) => {
        state.operations.push(operation);
        const turned = { RemarksOn: { remarksOn: true }, RemarksOff: { remarksOn: false }, FeelingsOn: { feelingsOff: false }, FeelingsOff: { feelingsOff: true }, TurnsOn: { turnsOn: true, turnsAuto: false }, TurnsAuto: { turnsOn: true, turnsAuto: true }, TurnsOff: { turnsOn: false, turnsAuto: false } }[operation.action];
        if (turned) {
          state.stage = { ...state.stage, ...turned, seq: ++state.seq };
          push();
          return { refusal: null };
        }
        if (operation.action === 'Mute') state.muted = [...state.muted, operation.seat];
        if (operation.action === 'Unmute') state.muted = state.muted.filter((seat) => seat !== operation.seat);
        if (operation.action === 'Mute' || operation.action === 'Unmute') return { refusal: null };
        if (operation.action === 'Ban') state.banned = [...state.banned, operation.seat];
        if (operation.action === 'Unban') state.banned = state.banned.filter((seat) => seat !== operation.seat);
        if (['Kick', 'Ban', 'Unban', 'Free'].includes(operation.action)) return { refusal: null };
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
      const taken = { 'K7MX4P-AAAA3333': ['seat-taken', 'This code is in use on another phone. If it is yours, ask the staff to free the seat.', '此代码已在另一部手机上使用。如果卡片是您的，请让工作人员释放该座位。'] }[body.code];
      if (taken) return [409, refuse(...taken)];
      if (state.stage.terms.entry === 'SeatCode' && body.code === 'K7MX4P') return [409, refuse('seat-code', 'This show has a code for each seat. Scan or type the one on your card.', '本场凭座位代码入场，请扫描或输入您卡片上的代码。')];
      if (!body.code.startsWith('K7MX4P')) return [404, refuse('unknown-code', 'No show has this code. Check it against the big screen.', '没有这个代码的场次，请对照大银幕再看一遍。')];
      const ticket = `viewer-${state.joins}`;
      state.tickets.add(ticket);
      return [200, { ticket, device: body.device ?? 'device-1', session: sessionId, seat: 17, expiresMs: Date.now() + 4 * 3600_000 }];
    },
    'POST /api/sign-in': (body) => (state.signedIn = body.password === 'popcorn') ? [204] : [401, refuse('wrong-password', 'Name and password do not match.', '用户名或密码不对。')],
    'POST /api/sign-out': () => ((state.signedIn = false), [204]),
    ...staffRoutes(state, sessionId),
    ...draftRoutes(state),
    'GET /api/films': () => [200, [{ ...film, cuts: [{ rating: 'G', longestMinutes: 18 }, { rating: film.rating, longestMinutes: film.longestMinutes }] }]],
    'GET /api/sessions': () => {
      const { terms } = state.stage;
      const row = (n, phase, inMs, more = {}) => ({
        session: sessionId.replace('0197', `019${n}`), joinCode: ['K7MX4P', 'R2WQ9H', 'T8NC3D', 'B4HJ6K', 'W9PX2M'][n % 5], createdMs: Date.now() - 9e7 + n, phase, title: film.title, film: film.film.slug,
        terms: { ...terms, ...(inMs === null ? {} : { scheduledMs: Date.now() + inMs }), ...more },
      });
      return [200, [
        { ...row(7, state.stage.phase, null), session: sessionId, joinCode: 'K7MX4P', createdMs: Date.now() - 600_000 },
        row(1, 'Scheduled', -9 * 60_000), row(2, 'Scheduled', 14 * 60_000), row(3, 'Scheduled', 130 * 60_000, { rating: 'G' }), row(4, 'Scheduled', 28 * 3600_000, { rehearsal: true }),
        row(6, 'Ended', null),
      ]];
    },
    'POST /api/sessions': () => [201, { session: sessionId, joinCode: 'K7MX4P', createdMs: Date.now() }],
    [`GET /api/sessions/${sessionId}/preflight`]: (_, query) => {
      const only = query.get('only')?.split(',');
      const all = state.preflight;
      return [200, { ready: true, summary: { en: '', zh: '' }, checks: only ? all.filter((one) => only.includes(one.item)) : all }];
    },
    [`POST /api/sessions/${sessionId}/test-picture`]: (body) => {
      state.test = { n: (state.test?.n ?? 0) + 1, phase: state.stage.phase, untilMs: body.on ? Date.now() + 600_000 : 0, tone: body.tone };
      for (const client of hubs.clients) if (client.hub === 'wall') client.send('test', state.test);
      return [204];
    },
    [`POST /api/sessions/${sessionId}/heard`]: () => [204],
    'GET /api/echo': () => [204],
    [`POST /api/sessions/${sessionId}/wall-ticket`]: () => [200, { ticket: 'wall', url: '/wall#wall' }],
    [`GET /api/sessions/${sessionId}/seats`]: () => [200, { capacity: state.stage.terms.capacity, taken: Array.from({ length: state.stage.seated }, (_, at) => at + 1), banned: state.banned, muted: state.muted }],
    [`GET /api/sessions/${sessionId}/script`]: () => [200, script(Date.now(), state.scene === 'decided')],
    [`POST /api/sessions/${sessionId}/script`]: (body) => (state.directions.push(body), [204]),
    [`GET /api/sessions/${sessionId}/story`]: () => [200, told],
    [`GET /api/sessions/${sessionId}/record`]: () => (state.stage.phase === 'Ended' ? [200, state.record] : [409, refuse('not-ended', 'The record is published when the show has ended.', '散场后公布记录。')]),
    [`GET /api/sessions/${sessionId}/insights.json`]: () => (state.signedIn ? [200, state.insights] : [401, refuse('sign-in', 'Sign in first.', '请先登录。')]),
    [`GET /api/sessions/${sessionId}/recording.json`]: () => (state.stage.phase === 'Ended' ? [200, recording] : [409, refuse('not-ended', 'The recording is there when the show has ended.', '散场后才有录制内容。')]),
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
    if (url.pathname.endsWith('/seat-codes.svg')) {
      response.writeHead(200, { ...headers, 'content-type': types['.svg'], 'x-pages': '12' }).end(cardboardSheet(Number(url.searchParams.get('page') ?? 1)));
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
    leave: (code, en, zh) => hubs.clients.forEach((client) => {
      client.send('leave', refuse(code, en, zh));
      client.ws.close();
    }),
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

/** A sheet of cards: as much as a page needs to be laid out. */
function cardboardSheet(page) {
  const cards = Array.from({ length: 10 }, (_, at) => {
    const [x, y] = [(at % 2) * 95 + 10, Math.floor(at / 2) * 55 + 11];
    return `<g transform="translate(${x} ${y})"><rect width="95" height="55" fill="none" stroke="#999" stroke-dasharray="1 1" stroke-width=".2"/><rect x="6" y="8" width="38" height="38"/><text x="50" y="20" font-family="sans-serif" font-size="6">Seat ${(page - 1) * 10 + at + 1}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><rect width="210" height="297" fill="#fff"/>${cards.join('')}</svg>`;
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
