import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { shown } from '../samples';
import type { Shown } from './conversation.svelte';
import MessageList from './MessageList.svelte';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

function props() {
  const deeds = { oncopy: vi.fn(), ondelete: vi.fn(), ondetails: vi.fn(), onedited: vi.fn() };
  return { loading: false, now: at(24, 12), onneed: vi.fn(), onretry: vi.fn(), onedit: vi.fn(), ...deeds };
}

/** Scrolls, in a list that shows a page of `height`, which jsdom does not know. */
function scrollTo(top: number) {
  const log = screen.getByRole('log');
  log.scrollTop = top;
  return fireEvent.scroll(log);
}

test('a heading stands wherever the day changes, and only there', async () => {
  const list = [
    shown(1, 'one', { time: at(20, 23) }),
    shown(2, 'two', { time: at(23, 0) }),
    shown(3, 'three', { time: at(23, 23) }),
    shown(4, 'four', { time: at(24, 0) }),
  ];
  render(MessageList, { shown: list, ...props() });
  await screen.findByText('four');
  const parts = [...screen.getByRole('log').querySelectorAll('h2, [data-testid=message] .text')];
  expect(parts.map((part) => part.textContent)).toEqual(['Friday', 'one', 'Yesterday', 'two', 'three', 'Today', 'four']);
});

test('what is not here yet is asked for when it is in sight', async () => {
  const given = props();
  render(MessageList, { shown: [undefined, undefined, shown(3, 'three')], ...given });
  await waitFor(() => expect(given.onneed).toHaveBeenCalledWith(0));
  expect(given.onneed).toHaveBeenCalledWith(1);
  expect(given.onneed).not.toHaveBeenCalledWith(2);
});

test('of very many messages only a few are drawn', async () => {
  const list = Array.from({ length: 100_000 }, (_, index) => shown(index + 1, `${index + 1}`));
  render(MessageList, { shown: list, ...props() });
  await waitFor(() => expect(screen.getAllByTestId('message').length).toBeGreaterThan(10));
  expect(screen.getAllByTestId('message').length).toBeLessThan(200);
  expect(screen.getAllByTestId('message').at(-1)).toHaveAttribute('aria-setsize', '100000');
});

test('further up a new message is only announced, and one click away', async () => {
  const list = Array.from({ length: 500 }, (_, index) => shown(index + 1, `${index + 1}`));
  const { rerender } = render(MessageList, { shown: list, ...props() });
  await waitFor(() => expect(screen.getAllByTestId('message').length).toBeGreaterThan(10));
  await scrollTo(300);
  await rerender({ shown: [...list, shown(501, 'new')] });
  await userEvent.click(await screen.findByTestId('new-messages'));
  expect(screen.queryByTestId('new-messages')).not.toBeInTheDocument();
});

async function keyboard() {
  const given = props();
  const user = userEvent.setup();
  const list: Shown[] = [
    shown(1, 'one'),
    shown(2, 'Two', { speaker: 'assistant', source: 'assistant' }),
    shown(3, 'three'),
  ];
  render(MessageList, { shown: list, ...given });
  await screen.findByText('three');
  const message = (text: string) => screen.getByText(text).closest('article')!;
  message('three').focus();
  return { given, user, list, message };
}

test('Tab comes to one message, the arrows go to the others', async () => {
  const { user, message } = await keyboard();
  expect(screen.getAllByTestId('message').map((each) => each.tabIndex)).toEqual([-1, -1, 0]);
  await user.keyboard('{ArrowUp}');
  await waitFor(() => expect(message('Two')).toHaveFocus());
  await user.keyboard('{Home}');
  await waitFor(() => expect(message('one')).toHaveFocus());
  expect(screen.getAllByTestId('message').map((each) => each.tabIndex)).toEqual([0, -1, -1]);
  expect(screen.getAllByRole('button', { name: 'Copy' }).map((each) => each.tabIndex)).toEqual([0, -1, -1]);
  await user.keyboard('{End}');
  await waitFor(() => expect(message('three')).toHaveFocus());
});

test('a message is copied, deleted, looked at and edited by keys and by buttons', async () => {
  const { given, user, list, message } = await keyboard();
  await user.keyboard('c{Enter}{Delete}');
  expect(given.oncopy).toHaveBeenCalledWith(list[2]!.line);
  expect(given.ondetails).toHaveBeenCalledWith(list[2]!.line);
  expect(given.ondelete).toHaveBeenCalledWith(list[2]!.line);
  await user.click(within(message('one')).getByRole('button', { name: 'Copy' }));
  expect(given.oncopy).toHaveBeenLastCalledWith(list[0]!.line);
  expect(within(message('Two')).queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();

  await user.click(within(message('one')).getByRole('button', { name: 'Edit' }));
  const editor = await screen.findByRole('textbox', { name: 'Text of the message' });
  expect(editor).toHaveFocus();
  await user.keyboard(' more{Enter}');
  expect(given.onedited).toHaveBeenCalledWith(list[0]!.line, 'one more');
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument();

  await user.click(within(message('one')).getByRole('button', { name: 'Edit' }));
  await user.keyboard('no{Escape}');
  expect(given.onedited).toHaveBeenCalledOnce();
  expect(given.onedit).not.toHaveBeenCalled();
});

test('messages are selected by click and by key, and taken out together', async () => {
  const list = [3, 4, 5, 9].map((id) => shown(id, `message ${id}`));
  const given = { ...props(), onexport: vi.fn() };
  const user = userEvent.setup();
  render(MessageList, { shown: list, ...given });
  await user.keyboard('{Control>}');
  await user.click(await screen.findByText('message 3'));
  await user.keyboard('{/Control}{Shift>}');
  await user.click(screen.getByText('message 5'));
  await user.keyboard('{/Shift}');
  expect(screen.getByTestId('selection')).toHaveTextContent('3 messages selected');
  const last = screen.getByText('message 9').closest('article')!;
  last.focus();
  await user.keyboard(' ');
  expect(last).toHaveAccessibleName(/selected/);
  await user.click(screen.getByTestId('selection-export'));
  expect(given.onexport).toHaveBeenCalledWith('in:1 id:3-5,9');
  await user.click(screen.getByTestId('selection-copy'));
  expect(given.oncopy).toHaveBeenCalledWith(...list.map(({ line }) => line));
  last.focus();
  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('selection')).not.toBeInTheDocument();
  await user.keyboard('{Shift>}{ArrowUp}{/Shift}');
  expect(screen.getByTestId('selection')).toHaveTextContent('2 messages selected');
});

test('what is selected on the way to a place is fetched where it is not here yet', async () => {
  const all = [1, 2, 3].map((id) => shown(id, `message ${id}`));
  const given = { ...props(), onexport: vi.fn() };
  const user = userEvent.setup();
  const { rerender } = render(MessageList, { shown: [all[0], undefined, all[2]], ...given });
  given.onneed.mockImplementation(() => rerender({ shown: all }));
  await user.keyboard('{Control>}');
  await user.click(await screen.findByText('message 1'));
  await user.keyboard('{/Control}{Shift>}');
  await user.click(screen.getByText('message 3'));
  await user.keyboard('{/Shift}');
  await waitFor(() => expect(screen.getByTestId('selection')).toHaveTextContent('3 messages selected'));
});
