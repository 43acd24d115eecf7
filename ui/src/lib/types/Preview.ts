import type { Log } from "./Log";
import type { Problem } from "./Problem";
export type Preview = { path: string, name: string, log: Log | null, problem: Problem | null, headings: Array<string>, };
