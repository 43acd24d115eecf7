export type Excerpt = { text: string, hit: boolean, };
