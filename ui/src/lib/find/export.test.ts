import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { FakeApi } from '../../samples';
import type { Saved } from '../api';
import type { Outgoing } from '../types/Outgoing';
import ExportDialog from './ExportDialog.svelte';

function open(api = new FakeApi(), more: { query?: string | null; selected?: boolean; conversation?: { id: number; title: string } | null } = {}) {
  api.count.mockResolvedValue(7);
  const user = userEvent.setup();
  const heard = { ondone: vi.fn(), onclose: vi.fn() };
  const given = { conversation: { id: 3, title: 'Kitchen' }, query: null, ...more };
  render(ExportDialog, { api, ...given, ...heard });
  const previewed = (wanted: Partial<Outgoing>) =>
    waitFor(() => expect(api.previewExport).toHaveBeenLastCalledWith(expect.objectContaining(wanted), expect.any(Number)));
  return { api, user, previewed, save: screen.getByTestId('export-save'), ...heard };
}

test('it begins with the open conversation, and shows how the file will begin', async () => {
  const { previewed } = open();
  await previewed({ query: 'in:3', format: 'jsonl', tags: 'effective', redact: false, pseudonyms: false, shift_days: 0, excel: false });
  await waitFor(() => expect(screen.getByTestId('export-preview')).toHaveTextContent('jsonl in:3'));
  expect(screen.getByTestId('export-status')).toHaveTextContent('7 messages');
  expect(screen.getByTestId('export-format')).toHaveFocus();
});

test('what was selected in the list goes out first, and the rest is a click away', async () => {
  const { user, previewed } = open(new FakeApi(), { query: 'id:3-5,9', selected: true });
  expect(screen.getByRole('radio', { name: 'The selected messages' })).toBeChecked();
  await previewed({ query: 'id:3-5,9' });
  await user.click(screen.getByRole('radio', { name: 'This conversation' }));
  await previewed({ query: 'in:3' });
});

test('every choice shows in the preview at once', async () => {
  const { user, previewed } = open();
  await screen.findByRole('option', { name: 'CSV table' });
  await user.selectOptions(screen.getByTestId('export-format'), 'CSV table');
  await user.click(screen.getByRole('checkbox', { name: 'For Excel' }));
  await user.click(screen.getByRole('checkbox', { name: /Replace names/ }));
  await user.click(screen.getByRole('radio', { name: /model’s own/ }));
  await previewed({ format: 'csv', excel: true, redact: true, tags: 'model' });
  await user.click(screen.getByRole('radio', { name: 'What a search finds' }));
  await user.type(screen.getByTestId('export-query'), 'boiler');
  await previewed({ query: 'boiler' });
  await user.click(screen.getByRole('radio', { name: 'Everything' }));
  await user.type(screen.getByLabelText('From'), '2026-03-01');
  await user.type(screen.getByLabelText('Until'), '2026-03-31');
  await previewed({ query: 'after:2026-03-01 before:2026-04-01' });
});

test('a redacted file can keep its key, and every time can be moved', async () => {
  const api = new FakeApi();
  api.export.mockResolvedValue({ path: '/home/anna/a.csv', messages: 7, pseudonyms: '/home/anna/a.pseudonyms.json' });
  const { user, previewed, save, ondone } = open(api);
  expect(screen.queryByTestId('export-pseudonyms')).toBeNull();
  await user.click(screen.getByTestId('export-redact'));
  await user.click(screen.getByTestId('export-pseudonyms'));
  await user.type(screen.getByTestId('export-shift'), '-400');
  await previewed({ redact: true, pseudonyms: true, shift_days: -400 });
  await waitFor(() => expect(save).toBeEnabled());
  await user.click(save);
  await waitFor(() => expect(ondone).toHaveBeenCalledWith(expect.stringContaining('/home/anna/a.pseudonyms.json')));
  await user.click(screen.getByTestId('export-redact'));
  await user.clear(screen.getByTestId('export-shift'));
  await previewed({ redact: false, pseudonyms: false, shift_days: 0 });
});

test('a search result can be what is exported', async () => {
  const { previewed } = open(undefined, { query: 'sentiment:negative' });
  await previewed({ query: 'sentiment:negative' });
  expect(screen.getByTestId('export-query')).toHaveValue('sentiment:negative');
});

test('saving tells how far it is, can be called off, and says where the file is', async () => {
  const api = new FakeApi();
  let finish: (saved: Saved | null) => void = () => {};
  api.export.mockImplementation((_outgoing, _title, told) => {
    told(5);
    return new Promise((resolve) => (finish = resolve));
  });
  const { user, save, ondone, onclose } = open(api);
  await waitFor(() => expect(save).toBeEnabled());
  await user.click(save);
  expect(await screen.findByTestId('progress')).toHaveTextContent('5 of 7 written');
  await user.click(screen.getByTestId('cancel'));
  expect(api.callOff).toHaveBeenCalled();
  finish({ path: '/home/anna/Kitchen.jsonl', messages: 7, pseudonyms: null });
  await waitFor(() => expect(ondone).toHaveBeenCalledWith('7 messages saved to /home/anna/Kitchen.jsonl'));
  expect(onclose).toHaveBeenCalled();
});

test('called off in the save dialog, everything stays as it was', async () => {
  const api = new FakeApi();
  api.export.mockResolvedValue(null);
  const { user, save, ondone, onclose } = open(api);
  await waitFor(() => expect(save).toBeEnabled());
  await user.click(save);
  await waitFor(() => expect(save).toBeEnabled());
  expect(ondone).not.toHaveBeenCalled();
  expect(onclose).not.toHaveBeenCalled();
});

test('what goes wrong is said, and nothing can be saved of nothing', async () => {
  const api = new FakeApi();
  api.previewExport.mockRejectedValue({ code: 'input', message: 'there is no form: to search by' });
  const { save } = open(api, { query: 'form:anna' });
  await waitFor(() => expect(screen.getByTestId('export-status')).toHaveTextContent('there is no form:'));
  expect(save).toBeDisabled();
});
