import { mount, type Component } from 'svelte';
import { ui } from '../lib/language.svelte';
import '../styles/base.css';

/** Puts a page up. */
export function show(page: Component): void {
  ui.announce();
  mount(page, { target: document.getElementById('app')! });
}
