/** Files on their way in: read one after another, looked at, taken in one after another. */
import { problemOf, type FindApi, type Problem } from '../api';
import type { Columns } from '../types/Columns';
import type { DayOrder } from '../types/DayOrder';
import type { Imported } from '../types/Imported';
import type { Preview } from '../types/Preview';
import type { Reading } from '../types/Reading';

/** A file, and what is known of it. */
export class Incoming {
  readonly path: string;
  preview = $state.raw<Preview | null>(null);
  order = $state<DayOrder | null>(null);
  columns = $state.raw<Columns | null>(null);
  imported = $state.raw<Imported | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether the user called its import off. */
  calledOff = $state(false);

  constructor(path: string) {
    this.path = path;
  }

  get name(): string {
    return this.preview?.name ?? this.path.split(/[\\/]/).at(-1) ?? this.path;
  }

  get reading(): Reading {
    return { order: this.order, columns: this.columns };
  }

  /** Whether it can be taken in as it is. */
  get ready(): boolean {
    const log = this.preview?.log;
    return !!log && log.messages > 0 && !(log.order_undecided && this.order === null);
  }
}

export class Intake {
  files = $state.raw<Incoming[]>([]);
  /** What goes on. */
  doing = $state.raw<{ what: 'reading' | 'importing'; file: Incoming } | null>(null);
  /** How many messages of it are done. */
  done = $state(0);

  ready = $derived(this.files.filter((file) => file.ready));
  messages = $derived(this.ready.reduce((sum, file) => sum + (file.preview?.log?.messages ?? 0), 0));
  finished = $derived(this.files.length > 0 && this.files.every((file) => file.imported || file.calledOff));

  #api: FindApi;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(api: FindApi) {
    this.#api = api;
  }

  /** Reads the files, those that are here already left out. */
  add(paths: string[]): Promise<unknown> {
    if (this.finished) this.files = [];
    const known = new Set(this.files.map(({ path }) => path));
    const added = paths.filter((path) => !known.has(path)).map((path) => new Incoming(path));
    this.files = [...this.files, ...added];
    for (const file of added) this.#queue = this.#queue.then(() => this.#read(file));
    return this.#queue;
  }

  remove(file: Incoming): void {
    if (this.doing?.file === file) void this.#api.callOff();
    this.files = this.files.filter((each) => each !== file);
  }

  /** Reads a file again, as the user says. */
  readAgain(file: Incoming, reading: Partial<Reading>): Promise<unknown> {
    if (reading.order !== undefined) file.order = reading.order;
    if (reading.columns !== undefined) file.columns = reading.columns;
    this.#queue = this.#queue.then(() => this.#read(file));
    return this.#queue;
  }

  /** Takes in all files that are ready; what is not stays to be decided on. */
  async importAll(): Promise<void> {
    const taken = this.ready;
    this.files = taken;
    for (const file of taken) {
      this.doing = { what: 'importing', file };
      this.done = 0;
      try {
        file.imported = await this.#api.importLog(file.path, file.reading, (done) => (this.done = done));
      } catch (error) {
        if (!file.calledOff) file.problem = problemOf(error);
      }
    }
    this.doing = null;
  }

  async callOff(): Promise<void> {
    const doing = this.doing;
    if (!doing) return;
    if (doing.what === 'importing') doing.file.calledOff = true;
    else this.files = this.files.filter((each) => each !== doing.file);
    await this.#api.callOff();
  }

  async #read(file: Incoming): Promise<void> {
    if (!this.files.includes(file)) return;
    this.doing = { what: 'reading', file };
    this.done = 0;
    try {
      file.preview = await this.#api.previewLog(file.path, file.reading, (done) => (this.done = done));
      file.problem = file.preview.problem;
    } catch (error) {
      file.problem = problemOf(error);
    }
    this.doing = null;
  }
}
