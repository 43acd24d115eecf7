export type Arrangement = { title?: string, pinned?: boolean, archived?: boolean, };
