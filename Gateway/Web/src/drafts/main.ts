import { show } from '../ui/mount';
import Page from './Drafts.svelte';

show(Page);
