/* eslint-disable no-bitwise -- a checksum is made of bits */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first byte of a public key, by whose key it is. */
const prefixes = { operator: 14 << 3, account: 0, user: 20 << 3, curve: 23 << 3 };

/** Whose a public key is. */
export type NkeyKind = keyof typeof prefixes;

/**
 * The 32 bytes of a public key of this kind, or undefined if the text is none: a prefix byte, the key and its checksum in base32.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth
 */
export function publicKeyBytes(text: string, kind: NkeyKind): Buffer | undefined {
  if (typeof text !== 'string' || !/^[A-Z2-7]{56}$/.test(text)) return undefined;
  const bytes = base32(text);
  const isSound = bytes[0] === prefixes[kind] && crc16(bytes.subarray(0, 33)) === bytes.readUInt16LE(33);
  return isSound ? bytes.subarray(1, 33) : undefined;
}

/** Whether a text is a public key of this kind. */
export function isPublicKey(text: string, kind: NkeyKind): boolean {
  return publicKeyBytes(text, kind) !== undefined;
}

function base32(text: string): Buffer {
  const bits = [...text].map((character) => ALPHABET.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
}

/** CRC-16/XMODEM. */
function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}
