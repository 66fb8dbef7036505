import { show } from '../ui/mount';
import Page from './Cards.svelte';

show(Page);
