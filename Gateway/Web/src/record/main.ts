import { show } from '../ui/mount';
import Page from './Record.svelte';

show(Page);
