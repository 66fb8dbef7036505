import { show } from '../ui/mount';
import Page from './Insights.svelte';

show(Page);
