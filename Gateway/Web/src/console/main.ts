import { show } from '../ui/mount';
import Page from './Console.svelte';

show(Page);
