import { show } from '../ui/mount';
import Page from './Wall.svelte';

show(Page);
