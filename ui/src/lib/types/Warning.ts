export type Warning = { entry: string | null, line: number | null, what: string, };
