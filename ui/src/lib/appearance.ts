/** Dresses the page: its colours, its contrast and the size of its text. */
import type { Preferences } from './types/Preferences';

const dark = matchMedia('(prefers-color-scheme: dark)');
const more = matchMedia('(prefers-contrast: more)');

let wanted: Pick<Preferences, 'theme' | 'text_size'> = { theme: 'system', text_size: 100 };

function dress(): void {
  const { theme, text_size } = wanted;
  const root = document.documentElement;
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : dark.matches ? 'dark' : 'light';
  const contrast = theme === 'contrast' || (theme === 'system' && more.matches);
  root.dataset.contrast = contrast ? 'more' : 'usual';
  root.style.setProperty('--text-size', `${text_size / 100}`);
}

for (const query of [dark, more]) query.addEventListener('change', dress);

/** Dresses the page as the user chose, and again when the system changes. */
export function wear(preferences: typeof wanted): void {
  wanted = preferences;
  dress();
}
