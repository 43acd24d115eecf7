/**
 * Correcting tags: what the open picker is for, and what is set by choosing in
 * it. One for the window, handed down to the messages as a context.
 */
import { createContext } from 'svelte';
import type { Anchor } from './floating';
import { humanised, percent } from './labels';
import type { Option } from './Picker.svelte';
import { strings } from './strings';
import { withLabel, withMark, type Tag } from './tagging';
import type { Correction } from './types/Correction';
import type { Labels } from './types/Labels';
import type { Line } from './types/Line';

/** What stands for "names nothing" among the kinds. */
const NOTHING = '';

/** An open picker. */
export type Picking = {
  title: string;
  options: Option[];
  current: string | null;
  anchor: Anchor;
  choose: (name: string) => void;
};

type Correct = (line: Line, correction: Correction, said: string) => void;

export class Corrections {
  picking = $state.raw<Picking | null>(null);

  #labels: () => Promise<Labels>;
  #known: Promise<Labels | null> | null = null;
  #correct: Correct;
  #failed: (error: unknown) => void;

  constructor(labels: () => Promise<Labels>, correct: Correct, failed: (error: unknown) => void) {
    this.#labels = labels;
    this.#correct = correct;
    this.#failed = failed;
  }

  /** The tags to choose from; asked for again if it failed. */
  labels(): Promise<Labels | null> {
    this.#known ??= this.#labels().catch((error: unknown) => {
      this.#known = null;
      this.#failed(error);
      return null;
    });
    return this.#known;
  }

  /** Lets the user choose another label. */
  async pickLabel(line: Line, tag: Tag, anchor: HTMLElement): Promise<void> {
    const { analysis } = line;
    if (!analysis) return;
    const labels = await this.labels();
    if (!labels) return;
    const all = { intent: labels.intents, act: labels.acts, sentiment: labels.sentiments }[tag];
    const { scores } = analysis.sentiment;
    const ranked = {
      intent: analysis.intent_ranking,
      act: [analysis.act],
      sentiment: labels.sentiments.map((name) => ({ name, confidence: scores[name] })),
    }[tag];
    const sure = new Map(ranked.map(({ name, confidence }) => [name, percent(confidence)]));
    const first = ranked.map(({ name }): Option => ({ name, label: humanised(name), note: sure.get(name) }));
    const others = all
      .filter((name) => !sure.has(name))
      .map((name): Option => ({ name, label: humanised(name) }))
      .sort((one, other) => one.label.localeCompare(other.label));
    if (others[0]) others[0].apart = true;
    const current = line.correction?.[tag] ?? analysis[tag].name;
    this.picking = {
      title: strings.correctTag(strings[tag]),
      options: [...first, ...others],
      current,
      anchor,
      choose: (name) => {
        this.#close(anchor);
        if (name !== current) this.#correct(line, withLabel(line, tag, name), strings.tagSet(strings[tag], humanised(name)));
      },
    };
  }

  /** Lets the user say what the letters `start` to `end` name; `current` is what they are taken for. */
  async pickKind(line: Line, start: number, end: number, current: string | null, anchor: Anchor): Promise<void> {
    const labels = await this.labels();
    if (!labels) return;
    const text = [...line.text].slice(start, end).join('');
    const kinds = labels.entities.map((name): Option => ({ name, label: humanised(name) }));
    kinds.sort((one, other) => one.label.localeCompare(other.label));
    const nothing: Option = { name: NOTHING, label: strings.namesNothing, apart: true };
    this.picking = {
      title: strings.correctEntity(text),
      options: current === null ? kinds : [...kinds, nothing],
      current,
      anchor,
      choose: (name) => {
        this.#close(anchor);
        if (name !== current) this.mark(line, start, end, name === NOTHING ? null : name);
      },
    };
  }

  /** Sets what the letters `start` to `end` name. */
  mark(line: Line, start: number, end: number, kind: string | null): void {
    const text = [...line.text].slice(start, end).join('');
    const said = kind === null ? strings.entityRemoved(text) : strings.entitySet(text, humanised(kind));
    this.#correct(line, withMark(line, start, end, kind), said);
  }

  /** Leaves all as it was. */
  dismiss(): void {
    if (this.picking) this.#close(this.picking.anchor);
  }

  #close(anchor: Anchor): void {
    this.picking = null;
    if (anchor instanceof HTMLElement && anchor.isConnected) anchor.focus({ preventScroll: true });
  }
}

const [getOrFail, setTags, hasTags] = createContext<Corrections>();

export { setTags };

/** The window's corrections; none where messages are only looked at. */
export function getTags(): Corrections | null {
  return hasTags() ? getOrFail() : null;
}
