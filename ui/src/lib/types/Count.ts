export type Count = { name: string, count: number, };
