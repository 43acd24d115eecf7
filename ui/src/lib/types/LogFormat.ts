export type LogFormat = "whatsapp" | "telegram" | "slack" | "discord" | "messenger" | "signal" | "chatgpt" | "webvtt" | "srt" | "whisper" | "jsonl" | "csv" | "text";
