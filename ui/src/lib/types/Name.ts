export type Name = { kind: string, name: string, count: number, };
