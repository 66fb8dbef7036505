import { show } from '../ui/mount';
import Page from './Replay.svelte';

show(Page);
