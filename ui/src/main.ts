/**
 * Opens the window's page: finds the back end, puts on the page what the user
 * chose, then draws the app on it.
 *
 * The app comes second because its words are chosen when it is loaded.
 */
import { mount } from 'svelte';
import './app.css';
import { connect } from './lib/api';
import { wear } from './lib/appearance';

const api = await connect();
const preferences = await api.preferences();
wear(preferences);
document.documentElement.lang = preferences.language ?? '';

const [{ default: App }, { locale }] = await Promise.all([import('./App.svelte'), import('./lib/strings')]);
document.documentElement.lang = locale;
mount(App, { target: document.body, props: { api } });
