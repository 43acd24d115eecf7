import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from './App.svelte';
import { conversation, entity, FakeApi, line } from './samples';

async function open(api = new FakeApi()) {
  const user = userEvent.setup();
  render(App, { api });
  const composer = screen.getByTestId('composer');
  await waitFor(() => expect(screen.getByTestId('status')).not.toHaveTextContent('Loading'));
  return { api, user, composer };
}

function withHistory() {
  const api = new FakeApi();
  api.rows = [conversation(2, 'Later', 1), conversation(1, 'Earlier', 2)];
  api.lines = [line(1, 'hi'), line(2, 'hello', { speaker: 'assistant' }), line(3, 'news', { conversation: 2 })];
  return api;
}

const messages = () => screen.getAllByTestId('message').map((each) => each.querySelector('p')!.textContent);

test('at first it says what it is and where things stay, and an example is one click', async () => {
  const { api, user, composer } = await open();
  expect(await screen.findByText(/private assistant/)).toBeInTheDocument();
  expect(screen.getByText('/data/sotto')).toBeInTheDocument();
  expect(screen.getByTestId('export')).toBeDisabled();

  await user.click(screen.getByRole('button', { name: 'What is 15% of 240?' }));
  await waitFor(() => expect(api.send).toHaveBeenCalledWith(1, 'What is 15% of 240?'));
  expect(screen.queryByText(/private assistant/)).not.toBeInTheDocument();
  expect(composer).toHaveFocus();
});

test('a sent message is there at once, and becomes the tagged one in its place', async () => {
  const { api, user, composer } = await open();
  await user.type(composer, 'call Anna{Enter}');
  const message = screen.getByTestId('message');
  expect(message).toHaveTextContent(/call Anna\s*Sending…/);
  expect(message).toHaveAttribute('data-speaker', 'user');
  expect(screen.queryByTestId('chip-intent')).not.toBeInTheDocument();

  await waitFor(() => expect(api.send).toHaveBeenCalled());
  api.answer();
  expect(await screen.findByTestId('chip-intent')).toHaveTextContent('Reminder update');
  expect(screen.getAllByTestId('message')[0]).toBe(message);
  expect(messages()).toEqual(['call Anna', 'You said call Anna']);
  expect(await screen.findByTestId('conversation')).toHaveTextContent('call Anna');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('call Anna');
});

test('a message that could not be sent keeps its text; trying again sends it', async () => {
  const { api, user, composer } = await open();
  await user.type(composer, 'precious{Enter}');
  await waitFor(() => expect(api.send).toHaveBeenCalled());
  api.refuse('The disk is full.');
  expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full.');
  expect(messages()).toEqual(['precious']);

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(api.send).toHaveBeenCalledTimes(2));
  expect(api.send).toHaveBeenLastCalledWith(1, 'precious');
  api.answer();
  expect(await screen.findByTestId('chip-intent')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a message that could not be sent can be taken back, before what was being written', async () => {
  const { api, user, composer } = await open();
  await user.type(composer, 'precious{Enter}');
  await waitFor(() => expect(api.send).toHaveBeenCalled());
  api.refuse('The disk is full.');
  await user.type(composer, 'more');
  await user.click(await screen.findByRole('button', { name: 'Edit' }));
  expect(composer).toHaveValue('precious\nmore');
  expect(composer).toHaveFocus();
  expect(screen.queryByTestId('message')).not.toBeInTheDocument();
});

test('conversations are listed, the open one is marked, and another is a click away', async () => {
  const { user, composer } = await open(withHistory());
  const list = within(screen.getByRole('navigation', { name: 'Conversations' }));
  expect(list.getAllByTestId('conversation')).toHaveLength(2);
  const earlier = list.getByRole('button', { name: /Earlier.*2 messages/ });
  expect(list.getByRole('button', { current: true })).toHaveTextContent(/Later.*1 message$/);
  await waitFor(() => expect(messages()).toEqual(['news']));

  await user.click(earlier);
  await waitFor(() => expect(messages()).toEqual(['hi', 'hello']));
  expect(list.getByRole('button', { current: true })).toBe(earlier);
  expect(composer).toHaveFocus();
});

test('the outcome of an export is announced', async () => {
  const { api, user } = await open(withHistory());
  const toast = screen.getByTestId('toast');
  expect(toast).toHaveAttribute('aria-live', 'polite');

  await user.click(screen.getByTestId('export'));
  const save = await screen.findByTestId('export-save');
  await waitFor(() => expect(save).toBeEnabled());
  await user.click(save);
  await waitFor(() => expect(toast).toHaveTextContent('2 messages saved to /home/anna/chat.jsonl'));
  expect(api.export).toHaveBeenCalledWith(expect.objectContaining({ query: 'in:2', format: 'jsonl' }), 'Later', expect.anything());
  await user.click(within(toast).getByRole('button', { name: 'Dismiss' }));
  expect(toast).toBeEmptyDOMElement();
});

test('the keyboard alone begins a conversation, exports, and comes back to the composer', async () => {
  const { api, user, composer } = await open(withHistory());
  await user.keyboard('{Control>}e{/Control}');
  expect(await screen.findByTestId('export-dialog')).toBeInTheDocument();
  expect(api.previewExport).not.toHaveBeenCalledWith(expect.objectContaining({ query: '' }), expect.anything());
  await user.click(screen.getByTestId('close'));
  await user.click(screen.getByRole('log'));
  await user.keyboard('{Escape}');
  expect(composer).toHaveFocus();
  await user.keyboard('{Meta>}n{/Meta}');
  expect(await screen.findByText(/private assistant/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { current: true })).not.toBeInTheDocument();
  expect(composer).toHaveFocus();
});

test('Escape closes the card of an entity first, and only then leaves for the composer', async () => {
  const api = withHistory();
  api.lines.push(line(4, 'Anna', { conversation: 2, segments: [{ text: 'Anna', entity: entity('Anna') }] }));
  const { user, composer } = await open(api);
  const mark = await screen.findByTestId('entity');
  mark.focus();
  expect(await screen.findByRole('tooltip', { hidden: true })).toBeInTheDocument();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('tooltip', { hidden: true })).not.toBeInTheDocument();
  expect(mark).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(composer).toHaveFocus();
});

test('the status line waits for the model and then names it', async () => {
  const api = new FakeApi();
  api.state = { data: '', model: null, problem: null };
  render(App, { api });
  expect(screen.getByTestId('status')).toHaveTextContent('Loading the model…');
  api.state = { data: '', model: { name: 'squeezy', version: '9.8.7' }, problem: null };
  await waitFor(() => expect(screen.getByTestId('status')).toHaveTextContent('squeezy 9.8.7'));
});

test('the status line says what is wrong', async () => {
  const api = new FakeApi();
  api.state = { data: '', model: null, problem: { code: 'pack', message: 'model.onnx is missing.' } };
  render(App, { api });
  await waitFor(() => expect(screen.getByTestId('status')).toHaveTextContent('model.onnx is missing.'));
});

test('sample data is called sample data, real data is not', async () => {
  const api = new FakeApi();
  api.preview = true;
  const { unmount } = render(App, { api });
  expect(screen.getByText(/sample data/)).toBeInTheDocument();
  unmount();
  render(App, { api: new FakeApi() });
  expect(screen.queryByText(/sample data/)).not.toBeInTheDocument();
});
