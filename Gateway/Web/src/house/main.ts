import { show } from '../ui/mount';
import Page from './House.svelte';

show(Page);
