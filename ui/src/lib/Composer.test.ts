import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Composer from './Composer.svelte';

function open(text = '') {
  const onsend = vi.fn();
  render(Composer, { text, onsend });
  return { onsend, user: userEvent.setup(), box: screen.getByRole('textbox', { name: 'Message' }) };
}

test('Enter sends exactly what was written and empties the box', async () => {
  const { onsend, user, box } = open();
  await user.type(box, '  hello {Enter}');
  expect(onsend.mock.calls).toEqual([['  hello ']]);
  expect(box).toHaveValue('');
});

test('Shift+Enter begins a new line', async () => {
  const { onsend, user, box } = open();
  await user.type(box, 'one{Shift>}{Enter}{/Shift}two');
  expect(onsend).not.toHaveBeenCalled();
  expect(box).toHaveValue('one\ntwo');
});

test.each(['', '   ', '\n\t\n'])('%j cannot be sent', async (text) => {
  const { onsend, user, box } = open(text);
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  await user.type(box, '{Enter}');
  expect(onsend).not.toHaveBeenCalled();
  expect(box).toHaveValue(text);
});

test('Enter that ends an input method’s composition does not send', async () => {
  const { onsend, box } = open('こんにちは');
  await fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
  await fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 });
  expect(onsend).not.toHaveBeenCalled();
});

test('the button sends too', async () => {
  const { onsend, user } = open('hi');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(onsend).toHaveBeenCalledWith('hi');
});
