import { show } from '../ui/mount';
import Page from './Director.svelte';

show(Page);
