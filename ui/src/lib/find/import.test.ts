import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { conversation, FakeApi, preview } from '../../samples';
import { fullDate } from '../calendar';
import type { Imported } from '../types/Imported';
import ImportDialog from './ImportDialog.svelte';
import { Intake } from './intake.svelte';
import TaggingLine from './TaggingLine.svelte';

function open(api = new FakeApi(), paths: string[] = []) {
  const user = userEvent.setup();
  const heard = { onimported: vi.fn(), onopen: vi.fn(), onclose: vi.fn() };
  const intake = new Intake(api);
  void intake.add(paths);
  render(ImportDialog, { api, intake, conversations: [conversation(1, 'Chat with Anna')], ...heard });
  return { api, user, intake, ...heard };
}

test('a chosen file is shown before anything is stored', async () => {
  const { api, user } = open();
  await user.click(screen.getByTestId('import-choose'));
  const file = within(await screen.findByTestId('import-file'));
  await waitFor(() => expect(file.getByTestId('import-format')).toHaveTextContent('WhatsApp · UTF-8'));
  expect(file.getByTestId('import-sum')).toHaveTextContent(
    `4 messages, 1 conversation · ${fullDate(preview.log!.first!)} – ${fullDate(preview.log!.last!)}`,
  );
  expect(file.getByText('Are you coming?')).toBeInTheDocument();
  expect(file.getByText('1 thing to know')).toBeInTheDocument();
  expect(file.getByText('Line 17')).toBeInTheDocument();
  expect(api.importLog).not.toHaveBeenCalled();
});

test('importing says what is new, and leads to it', async () => {
  const { api, user, onimported, onopen } = open(undefined, ['/home/anna/chat.txt']);
  await user.click(await screen.findByRole('button', { name: 'Import 4 messages' }));
  expect(await screen.findByTestId('import-added')).toHaveTextContent('3 new messages, 1 were here already');
  expect(onimported).toHaveBeenCalled();
  expect(api.importLog).toHaveBeenCalledWith('/home/anna/chat.txt', { order: null, columns: null }, expect.anything());
  expect(screen.getByText('Chat with Anna')).toBeInTheDocument();
  await user.click(screen.getByTestId('import-open'));
  expect(onopen).toHaveBeenCalledWith(1);
});

test('dates that can be read either way are asked about first', async () => {
  const api = new FakeApi();
  api.previewLog.mockImplementation(async (path, reading) => ({
    ...preview,
    path,
    log: { ...preview.log!, order_undecided: reading.order === null },
  }));
  const { user } = open(api, ['/a.txt']);
  const button = await screen.findByTestId('import-all');
  await screen.findByTestId('import-order');
  expect(button).toBeDisabled();
  await user.click(screen.getByRole('radio', { name: /Month first/ }));
  await waitFor(() => expect(button).toBeEnabled());
  await user.click(button);
  expect(api.importLog).toHaveBeenCalledWith('/a.txt', { order: 'month_first', columns: null }, expect.anything());
});

test('a table whose columns are not clear lets them be chosen', async () => {
  const api = new FakeApi();
  const problem = { code: 'input', message: 'cannot tell which column holds the text' };
  api.previewLog.mockImplementation(async (path, reading) => {
    const named = reading.columns?.text === 'Said';
    const log = named ? { ...preview.log!, format: 'csv' as const } : null;
    return { path, name: 'odd.csv', headings: ['Who', 'Said'], log, problem: named ? null : problem };
  });
  const { user } = open(api, ['/odd.csv']);
  expect(await screen.findByRole('alert')).toHaveTextContent('cannot tell which column');
  await user.selectOptions(screen.getByTestId('column-text'), 'Said');
  await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
  expect(screen.getByRole('button', { name: 'Import 4 messages' })).toBeEnabled();
});

test('an import can be called off, and what became of it is said', async () => {
  const api = new FakeApi();
  let refuse: (reason: unknown) => void = () => {};
  api.importLog.mockImplementation((_path, _reading, told) => {
    told(2);
    return new Promise<Imported>((_, reject) => (refuse = reject));
  });
  const { user } = open(api, ['/a.txt']);
  await user.click(await screen.findByRole('button', { name: 'Import 4 messages' }));
  expect(await screen.findByTestId('progress')).toHaveTextContent('Importing chat.txt…');
  await user.click(screen.getByTestId('cancel'));
  expect(api.callOff).toHaveBeenCalled();
  refuse({ code: 'input', message: 'called off' });
  expect(await screen.findByText('Called off. Nothing of it was kept.')).toBeInTheDocument();
});

test('a file that cannot be read says why, and does not keep the others back', async () => {
  const api = new FakeApi();
  api.previewLog.mockImplementation(async (path) =>
    path === '/bad.bin'
      ? { path, name: 'bad.bin', headings: [], log: null, problem: { code: 'input', message: 'bad.bin is empty' } }
      : { ...preview, path },
  );
  const { user } = open(api, ['/bad.bin', '/a.txt']);
  expect(await screen.findByRole('alert')).toHaveTextContent('bad.bin is empty');
  await user.click(await screen.findByRole('button', { name: 'Import 4 messages' }));
  await screen.findByTestId('import-added');
  expect(api.importLog).toHaveBeenCalledTimes(1);
});

test('a file that is already there is not read twice', async () => {
  const { api, intake } = open(undefined, ['/a.txt']);
  await intake.add(['/a.txt', '/b.txt']);
  expect(api.previewLog).toHaveBeenCalledTimes(2);
});

test('tagging shows how far it is, and can be paused and resumed', async () => {
  const api = new FakeApi();
  api.tags = { ...api.tags, tagged: 25, total: 100, running: true };
  const user = userEvent.setup();
  render(TaggingLine, { api });
  const line = await screen.findByTestId('tagging');
  expect(line).toHaveTextContent('25 of 100 tagged');
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  await waitFor(() => expect(line).toHaveTextContent('Paused at 25 of 100'));
  await user.click(screen.getByRole('button', { name: 'Resume' }));
  expect(api.pauseTagging).toHaveBeenLastCalledWith(false);
});

test('without anything to tag there is nothing to see', async () => {
  const api = new FakeApi();
  render(TaggingLine, { api });
  await waitFor(() => expect(api.tagging).toHaveBeenCalled());
  expect(screen.queryByTestId('tagging')).not.toBeInTheDocument();
});
