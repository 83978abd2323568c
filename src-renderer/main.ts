/** The window's entry: reads the preferences first, so that the first paint has the right language and theme. */
import { mount } from 'svelte';
import { z } from 'zod';
import App from './App.svelte';
import { start } from './state/start';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';

// The policy of the page forbids code made from strings, which zod would otherwise try for speed.
z.config({ jitless: true });

const target = document.getElementById('app');
if (!target) throw new Error('The page has no #app to mount on');
await start();
mount(App, { target });
