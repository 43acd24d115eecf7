/** Opens the window's page: finds the back end, then draws the app on it. */
import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { connect } from './lib/api';

mount(App, { target: document.body, props: { api: await connect() } });
