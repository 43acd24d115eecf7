export type Deleted = { undo: number | null, conversation: number, messages: number, };
