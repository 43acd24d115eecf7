import type { Tags } from "./Tags";
export type Outgoing = { query: string, format: string, tags: Tags, redact: boolean, excel: boolean, };
