import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The pages by the address the gateway serves them under. */
const pages = {
  '/': 'index.html', '/play': 'play.html', '/wall': 'wall.html', '/console': 'console.html', '/record': 'record.html', '/replay': 'replay.html',
  '/cards': 'cards.html', '/director': 'director.html', '/house': 'house.html', '/insights': 'insights.html', '/drafts': 'drafts.html',
};

const gateway = process.env['GATEWAY'] ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [
    svelte(),
    {
      name: 'page-addresses',
      configureServer(server) {
        server.middlewares.use((request, _response, next) => {
          const [path, query] = (request.url ?? '/').split('?');
          const page = pages[path as keyof typeof pages];
          if (page) request.url = `/${page}${query ? `?${query}` : ''}`;
          next();
        });
      },
    },
  ],
  build: {
    target: 'es2022',
    // Nothing inline: the gateway's policy allows scripts, styles and images from its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(Object.values(pages).map((page) => [page.replace('.html', ''), resolve(import.meta.dirname, page)])),
    },
  },
  server: {
    proxy: { '/api': gateway, '/hubs': { target: gateway, ws: true } },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
