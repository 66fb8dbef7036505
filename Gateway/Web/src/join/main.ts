import { show } from '../ui/mount';
import Join from './Join.svelte';

show(Join);
