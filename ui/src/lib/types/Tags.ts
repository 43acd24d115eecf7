export type Tags = "effective" | "model";
