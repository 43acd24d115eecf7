import type { Log } from "./Log";
export type Imported = { log: Log, added: number, known: number, conversations: number[], };
