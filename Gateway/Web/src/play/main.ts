import './patterns.css';
import { show } from '../ui/mount';
import Page from './Play.svelte';

show(Page);
