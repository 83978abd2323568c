/** The entry of the curves' bench's page. */
import { mount } from 'svelte';
import Page from './Page.svelte';
import '../../../src-renderer/ui/tokens.css';
import '../../../src-renderer/ui/base.css';

mount(Page, { target: document.getElementById('app') ?? document.body });
