import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import jsqr from "jsqr";
import { PNG } from "pngjs";

const STEP_MS = 30_000;
// What is written for CommonJS has its function one level down.
const readQr = ((jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr) as typeof jsqr;

/** The code that an authenticator app shows for a base32 secret (RFC 6238), so many steps from now. */
export function totp(secret: string, stepsAhead = 0, now = Date.now()): string {
  const step = Math.floor(now / STEP_MS) + stepsAhead;
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", fromBase32(secret)).update(message).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A code of six digits that is none of `secret`'s for minutes around. */
export function wrongTotp(secret: string): string {
  const right = Array.from({ length: 21 }, (_, step) => totp(secret, step - 10));
  return ["111111", "222222"].find((code) => !right.includes(code)) ?? "333333";
}

/** What a phone's camera reads off the screen. */
export async function scan(page: Page): Promise<URL> {
  const picture = PNG.sync.read(await page.getByRole("img", { name: "QR code for your authenticator app" }).screenshot());
  const read = readQr(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  if (!read) throw new Error("no camera could read this QR code");
  return new URL(read.data);
}

export function secretOf(uri: URL): string {
  const secret = uri.searchParams.get("secret");
  if (!secret) throw new Error("the URI has no secret");
  return secret;
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
