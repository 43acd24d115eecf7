import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test, vi } from 'vitest';
import { shown } from '../samples';
import MessageList from './MessageList.svelte';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const props = () => ({ loading: false, now: at(24, 12), onolder: vi.fn(), onretry: vi.fn(), onedit: vi.fn() });

/** Gives the list a size and a place, which jsdom does not. */
function scrollTo(top: number, height = 1000) {
  const log = screen.getByRole('log');
  Object.defineProperty(log, 'scrollHeight', { configurable: true, value: height });
  Object.defineProperty(log, 'clientHeight', { configurable: true, value: 200 });
  log.scrollTop = top;
  return fireEvent.scroll(log);
}

test('a heading stands wherever the day changes, and only there', () => {
  const list = [
    shown(1, 'one', { time: at(20, 23) }),
    shown(2, 'two', { time: at(23, 0) }),
    shown(3, 'three', { time: at(23, 23) }),
    shown(4, 'four', { time: at(24, 0) }),
  ];
  render(MessageList, { shown: list, ...props() });
  const parts = [...screen.getByRole('log').querySelectorAll('h2, [data-testid=message] .text')];
  expect(parts.map((part) => part.textContent)).toEqual(['Friday', 'one', 'Yesterday', 'two', 'three', 'Today', 'four']);
});

test('near the top it asks for older messages, elsewhere it does not', async () => {
  const given = props();
  render(MessageList, { shown: [shown(1, 'one')], ...given });
  await scrollTo(500);
  expect(given.onolder).not.toHaveBeenCalled();
  await scrollTo(10);
  expect(given.onolder).toHaveBeenCalledOnce();
});

test('older messages do not move the text in view', async () => {
  const { rerender } = render(MessageList, { shown: [shown(5, 'five')], ...props() });
  await scrollTo(30);
  const log = screen.getByRole('log');
  const heights = [1000, 1700];
  Object.defineProperty(log, 'scrollHeight', { configurable: true, get: () => heights.shift() ?? 1700 });
  await rerender({ shown: [shown(4, 'four'), shown(5, 'five')] });
  await tick();
  expect(log.scrollTop).toBe(730);
});

test('at the bottom a new message is scrolled to; further up it is only announced', async () => {
  const { rerender } = render(MessageList, { shown: [shown(1, 'one')], ...props() });
  const log = screen.getByRole('log');
  await scrollTo(790);
  await rerender({ shown: [shown(1, 'one'), shown(2, 'two')] });
  await tick();
  expect(log.scrollTop).toBe(1000);
  expect(screen.queryByTestId('new-messages')).not.toBeInTheDocument();

  await scrollTo(300);
  await rerender({ shown: [shown(1, 'one'), shown(2, 'two'), shown(3, 'three')] });
  await tick();
  expect(log.scrollTop).toBe(300);
  await fireEvent.click(await screen.findByTestId('new-messages'));
  expect(log.scrollTop).toBe(1000);
  expect(screen.queryByTestId('new-messages')).not.toBeInTheDocument();
});

test('one’s own message is scrolled to from anywhere', async () => {
  const { rerender } = render(MessageList, { shown: [shown(1, 'one')], ...props() });
  await scrollTo(300);
  await rerender({ shown: [shown(1, 'one'), { ...shown(0, 'mine'), state: 'sending' }] });
  await tick();
  expect(screen.getByRole('log').scrollTop).toBe(1000);
});
