import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import App from '../../App.svelte';
import { conversation, FakeApi, line, settings } from '../../samples';

async function open(section: string, api = new FakeApi()) {
  const user = userEvent.setup();
  render(App, { api });
  await waitFor(() => expect(screen.getByTestId('status')).not.toHaveTextContent('Loading'));
  await user.keyboard('{Control>},{/Control}');
  const dialog = within(await screen.findByRole('dialog', { name: 'Settings' }));
  await user.click(dialog.getByRole('tab', { name: section }));
  await waitFor(() => expect(dialog.getByRole('tabpanel')).toHaveAttribute('aria-busy', 'false'));
  return { api, user, dialog, notice: dialog.getByTestId('settings-notice') };
}

test('a colour is put on at once and kept; a refused one is taken off again', async () => {
  const { api, user, dialog, notice } = await open('Appearance');
  await user.click(dialog.getByRole('radio', { name: 'Dark' }));
  expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  expect(api.choose).toHaveBeenCalledWith({ ...settings.preferences, theme: 'dark' });

  api.choose.mockRejectedValueOnce({ code: 'file', message: 'The disk is full.' });
  await user.click(dialog.getByRole('radio', { name: 'High contrast' }));
  await waitFor(() => expect(notice).toHaveTextContent('The disk is full.'));
  expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  expect(document.documentElement).toHaveAttribute('data-contrast', 'usual');
  expect(dialog.getByRole('radio', { name: 'Dark' })).toBeChecked();
});

test('sections are reached with the arrow keys and named by their tab', async () => {
  const { user, dialog } = await open('Appearance');
  await user.keyboard('{ArrowDown}');
  expect(dialog.getByRole('tab', { name: 'Data and backup' })).toHaveFocus();
  expect(dialog.getByRole('tabpanel', { name: 'Data and backup' })).toBeInTheDocument();
  await user.keyboard('{End}');
  expect(dialog.getByRole('tabpanel', { name: 'Keyboard' })).toHaveTextContent('New conversation');
  await user.keyboard('{ArrowDown}');
  expect(dialog.getByRole('tab', { name: 'Appearance' })).toHaveFocus();
});

test('the data is moved, and where it is now is said', async () => {
  const { api, user, dialog, notice } = await open('Data and backup');
  expect(dialog.getByTestId('data-folder')).toHaveTextContent('/data/sotto');
  expect(dialog.getByText(/3 conversations with 1,200 messages, 5.3/)).toBeInTheDocument();
  await user.click(dialog.getByRole('checkbox', { name: 'Delete the old copy afterwards' }));
  await user.click(dialog.getByRole('button', { name: 'Move…' }));
  expect(api.moveData).toHaveBeenCalledWith('Choose a folder for your data', true);
  await waitFor(() => expect(notice).toHaveTextContent('Your data is now in /media/sotto.'));
});

test('a data folder from the command line stays where it is', async () => {
  const api = new FakeApi();
  api.set = { ...settings, data_fixed: true };
  const { dialog } = await open('Data and backup', api);
  expect(dialog.getByRole('button', { name: 'Move…' })).toBeDisabled();
  expect(dialog.getByText(/--data-dir/)).toBeInTheDocument();
});

test('a backup is restored after a question, and the window shows what it brought', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'Before')];
  const { user, dialog, notice } = await open('Data and backup', api);
  await user.click(dialog.getByRole('button', { name: 'Restore' }));
  expect(api.restore).not.toHaveBeenCalled();
  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  await user.click(dialog.getByRole('button', { name: 'Restore' }));
  api.rows = [conversation(7, 'Restored')];
  api.lines = [line(70, 'from the backup', { conversation: 7 })];
  await user.click(dialog.getByTestId('restore-sure'));
  await waitFor(() => expect(notice).toHaveTextContent('Restored: 40 messages.'));
  expect(notice).toHaveTextContent('/data/sotto/sotto.before-restore.db');
  expect(await screen.findByText('from the backup')).toBeInTheDocument();
});

test('a refused backup is said, and a called-off one is not', async () => {
  const { api, user, dialog, notice } = await open('Data and backup');
  api.restore.mockRejectedValueOnce({ code: 'input', message: 'x.db is not a backup of Sotto.' });
  await user.click(dialog.getByRole('button', { name: 'Restore' }));
  await user.click(dialog.getByTestId('restore-sure'));
  await waitFor(() => expect(notice).toHaveTextContent('x.db is not a backup of Sotto.'));
  api.backUp.mockResolvedValueOnce(null);
  await user.click(dialog.getByRole('button', { name: 'Backup' }));
  await waitFor(() => expect(api.settings).toHaveBeenCalledTimes(3));
  expect(notice).toHaveTextContent(/^$/);
});

test('the model is named with its scores; a broken one leaves it there', async () => {
  const { api, user, dialog, notice } = await open('Model');
  expect(dialog.getByRole('heading', { name: 'sotto-squeezebert-s 1.2.3' })).toBeInTheDocument();
  expect(dialog.getByRole('row', { name: 'clinc150 accuracy 94.5' })).toBeInTheDocument();
  expect(dialog.queryByRole('button', { name: /came with Sotto/ })).not.toBeInTheDocument();
  api.chooseModel.mockRejectedValueOnce({ code: 'pack', message: 'model.onnx is truncated.' });
  await user.click(dialog.getByRole('button', { name: 'Choose another…' }));
  await waitFor(() => expect(notice).toHaveTextContent('model.onnx is truncated.'));
  expect(dialog.getByRole('heading', { name: 'sotto-squeezebert-s 1.2.3' })).toBeInTheDocument();
});

test('what the system does for Sotto is off but for notifications, and says so when it is refused', async () => {
  const { api, user, dialog, notice } = await open('System');
  expect(dialog.getByRole('switch', { name: 'Notifications' })).toBeChecked();
  for (const name of ['Stay in the tray', 'Start at login', 'Shortcut from anywhere']) {
    expect(dialog.getByRole('switch', { name })).not.toBeChecked();
  }
  await user.click(dialog.getByRole('switch', { name: 'Start at login' }));
  expect(api.startAtLogin).toHaveBeenCalledWith(true);
  await waitFor(() => expect(dialog.getByRole('switch', { name: 'Start at login' })).toBeChecked());

  api.choose.mockRejectedValueOnce({ code: 'input', message: 'This system has no tray.' });
  await user.click(dialog.getByRole('switch', { name: 'Stay in the tray' }));
  await waitFor(() => expect(notice).toHaveTextContent('This system has no tray.'));
  expect(dialog.getByRole('switch', { name: 'Stay in the tray' })).not.toBeChecked();
});

test('the keys from anywhere are those that are pressed, with more than Shift', async () => {
  const { api, user, dialog } = await open('System');
  await user.click(dialog.getByRole('switch', { name: 'Shortcut from anywhere' }));
  const field = await dialog.findByRole('textbox', { name: 'Keys' });
  expect(field).toHaveValue('Ctrl+Alt+Space');
  await user.click(field);
  await user.keyboard('{Shift>}s{/Shift}');
  expect(field).toHaveValue('Ctrl+Alt+Space');
  await user.keyboard('{Control>}{Shift>}s{/Shift}{/Control}');
  await waitFor(() => expect(field).toHaveValue('Ctrl+Shift+S'));
  expect(api.choose).toHaveBeenLastCalledWith(expect.objectContaining({ shortcut: 'Ctrl+Shift+S' }));
});

test('a choice of language is kept before the page is read again', async () => {
  const reload = vi.fn();
  vi.stubGlobal('location', { ...location, reload });
  const { api, user, dialog } = await open('Appearance');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Language' }), 'Deutsch');
  expect(api.choose).toHaveBeenCalledWith(expect.objectContaining({ language: 'de' }));
  await waitFor(() => expect(reload).toHaveBeenCalled());
  vi.unstubAllGlobals();
});

test('closed, the keyboard is back in the message box; the list of keys opens with ? but not while writing', async () => {
  const { user, dialog } = await open('Keyboard');
  await user.click(dialog.getByRole('button', { name: 'Dismiss' }));
  const composer = screen.getByTestId('composer');
  await waitFor(() => expect(composer).toHaveFocus());
  await user.keyboard('why?');
  expect(composer).toHaveValue('why?');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'New conversation' }));
  screen.getByRole('button', { name: 'Settings' }).focus();
  await user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeInTheDocument();
});

test('an answer is spoken once, politely, by itself', async () => {
  const api = new FakeApi();
  const user = userEvent.setup();
  render(App, { api });
  await user.type(screen.getByTestId('composer'), 'hello{Enter}');
  await waitFor(() => expect(api.send).toHaveBeenCalled());
  api.answer();
  const heard = screen.getByTestId('heard');
  await waitFor(() => expect(heard).toHaveTextContent('You said hello'));
  expect(heard).toHaveAttribute('aria-live', 'polite');
  expect(screen.getByRole('log')).toHaveAttribute('aria-live', 'off');
});

test('what goes off is shown without being asked for', async () => {
  const api = new FakeApi();
  api.rows = [conversation(2, 'open')];
  render(App, { api });
  await waitFor(() => expect(api.listen).toHaveBeenCalledTimes(1));
  await screen.findByTestId('conversation');
  api.hear([line(8, 'Time is up: tea.', { speaker: 'assistant', source: 'assistant', conversation: 2 })]);
  await waitFor(() => expect(screen.getByTestId('toast')).toHaveTextContent('Time is up: tea.'));
});

test('how long things are kept is chosen, and what was chosen elsewhere is there to see', async () => {
  const api = new FakeApi();
  api.set = { ...settings, retention: 14 };
  const { user, dialog } = await open('Privacy', api);
  const kept = dialog.getByRole('combobox', { name: 'Keep what was said' });
  expect(kept).toHaveDisplayValue('For 14 days');
  await user.selectOptions(kept, 'For 30 days');
  expect(api.setRetention).toHaveBeenCalledWith(30);
  await waitFor(() => expect(kept).toHaveDisplayValue('For 30 days'));
  await user.selectOptions(kept, 'Until I delete it');
  expect(api.setRetention).toHaveBeenLastCalledWith(null);
});

test('everything is deleted after a second press, and the window is as at first', async () => {
  const api = new FakeApi();
  api.rows = [conversation(1, 'Precious')];
  api.lines = [line(1, 'to be gone')];
  const { user, dialog, notice } = await open('Privacy', api);
  await user.click(dialog.getByRole('button', { name: 'Delete everything' }));
  expect(api.deleteEverything).not.toHaveBeenCalled();
  await user.click(dialog.getByTestId('delete-all-sure'));
  await waitFor(() => expect(notice).toHaveTextContent('Everything is deleted.'));
  await waitFor(() => expect(screen.queryByText('to be gone')).not.toBeInTheDocument());
  expect(screen.getByText(/private assistant/)).toBeInTheDocument();
});
