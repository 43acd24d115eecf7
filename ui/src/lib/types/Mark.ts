export type Mark = { start: number, end: number, text: string, entity: string | null, value: string, };
