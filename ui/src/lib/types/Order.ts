export type Order = "newest" | "best" | "similar";
