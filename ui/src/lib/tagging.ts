/**
 * The tags that hold: the user's where there is one, else the model's; and what
 * the user says once they change one. Plain functions over a {@link Line}.
 */
import type { Correction } from './types/Correction';
import type { Line } from './types/Line';
import type { Mark } from './types/Mark';
import type { Polarity } from './types/Polarity';

/** What a message as a whole is tagged with. */
export type Tag = 'intent' | 'act' | 'sentiment';

export const TAGS: readonly Tag[] = ['intent', 'act', 'sentiment'];

/** A tag as it is shown: the name that holds, and what the model says. */
export type Held = {
  tag: Tag;
  name: string;
  /** The model's probability of its own label. */
  confidence: number;
  /** The model's label where the user set another. */
  instead: string | null;
};

/** The tags of a message; none if the model has not seen it. */
export function held({ analysis, correction }: Line): Held[] {
  if (!analysis) return [];
  return TAGS.map((tag) => {
    const { name, confidence } = analysis[tag];
    const users = correction?.[tag] ?? null;
    return { tag, name: users ?? name, confidence, instead: users === null ? null : name };
  });
}

function said(line: Line): Correction {
  return line.correction ?? { intent: null, act: null, sentiment: null, entities: [] };
}

/** With `tag` set to `name`; set to what the model says, the model's word stands again. */
export function withLabel(line: Line, tag: Tag, name: string): Correction {
  const label = line.analysis?.[tag].name === name ? null : name;
  return { ...said(line), [tag]: label as (string & Polarity) | null };
}

/** With the letters `start` to `end` naming a `kind`, or nothing. */
export function withMark(line: Line, start: number, end: number, kind: string | null): Correction {
  const meets = (each: { start: number; end: number }) => each.start < end && start < each.end;
  const others = said(line).entities.filter((mark) => !meets(mark));
  const found = line.analysis?.entities.filter(meets) ?? [];
  const [model] = found;
  const asFound = found.length === 1 && model?.start === start && model.end === end && model.entity === kind;
  const nothing = found.length === 0 && kind === null;
  if (asFound || nothing) return { ...said(line), entities: others };
  const text = [...line.text].slice(start, end).join('');
  const mark: Mark = { start, end, text, entity: kind, value: text };
  return { ...said(line), entities: [...others, mark].sort((one, other) => one.start - other.start) };
}

/** The letters from `start` to `end` without the white space around them; null if nothing is left. */
export function trimmed(text: string, start: number, end: number): [number, number] | null {
  const letters = [...text];
  const blank = (at: number) => /^\s$/u.test(letters[at] ?? '');
  while (start < end && blank(start)) start++;
  while (end > start && blank(end - 1)) end--;
  return start < end ? [start, end] : null;
}

/** How many letters stand before `offset` in `text`, as a text box counts: an end of line is one there. */
export function lettersBefore(text: string, offset: number): number {
  const letters = [...text];
  let counted = 0;
  for (const [index, letter] of letters.entries()) {
    if (counted >= offset) return index;
    counted += letter === '\r' && letters[index + 1] === '\n' ? 0 : letter.length;
  }
  return letters.length;
}
