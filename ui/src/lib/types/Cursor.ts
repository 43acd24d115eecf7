export type Cursor = { time: number, id: number, skip: number, };
